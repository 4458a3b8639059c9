import type { Playbook } from "../../../src-shared/contract/index.ts";
import { ruleWords } from "./rule-words.ts";
import { fieldsOfSchema, nameWords } from "./schema-fields.ts";

/** When a playbook needs an approval: in words, or as written where words would not do. */
export function ApprovalRule(props: { readonly playbook: Playbook }) {
	const { approvalRule: rule, parameters } = props.playbook;
	if (rule === null) return <>Never needs an approval.</>;
	const fields = fieldsOfSchema(parameters);
	const words = ruleWords(
		rule,
		(name) =>
			fields.find((field) => field.name === name)?.label ?? nameWords(name),
	);
	if (words === "always") return <>Always needs an approval.</>;
	return words === null ? (
		<span>
			Needs an approval when <code>{rule}</code>
		</span>
	) : (
		<span title={rule}>Needs an approval when {words}.</span>
	);
}
