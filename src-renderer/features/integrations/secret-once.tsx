import { Button } from "@mantine/core";
import { CopyButton } from "../../components/copy-button.tsx";
import section from "../../components/section.module.css";
import type { SendTo } from "./integration-snippets.ts";
import { SnippetView } from "./snippet-view.tsx";

/** The webhook's address and its secret, once, with what is pasted into the other system. */
export function SecretOnce(props: {
	readonly to: SendTo & { readonly secret: string };
	/** What becomes of an old secret, if there was one. */
	readonly words: string;
	onDone(): void;
}) {
	const { to } = props;
	const url = `${to.origin}${to.path}`;
	return (
		<div className={section.form}>
			<p>{props.words}</p>
			<div className={section.secret}>
				<code>{url}</code>
				<CopyButton text={url} label="Copy the address" />
			</div>
			<div className={section.secret}>
				<code data-secret>{to.secret}</code>
				<CopyButton text={to.secret} label="Copy the secret" />
			</div>
			<SnippetView to={to} />
			<div className={section.buttons}>
				<Button data-autofocus onClick={props.onDone}>
					I have kept it
				</Button>
			</div>
		</div>
	);
}
