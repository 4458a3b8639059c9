import type { Playbook } from "../../../src-shared/contract/index.ts";
import { assertNever } from "../../../src-shared/domain/assert-never.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { PlaybookCard } from "./playbook-card.tsx";
import classes from "./playbooks-page.module.css";
import {
	type FieldShape,
	fieldsOfSchema,
	type SchemaField,
} from "./schema-fields.ts";

const kindWords: Readonly<Record<Playbook["steps"][number]["kind"], string>> = {
	command: "Program",
	http: "HTTP",
	wait: "Wait",
	check: "Check",
};

/** Everything that a playbook says of itself. */
export function CatalogueDetail(props: { readonly playbook: Playbook }) {
	const { playbook } = props;
	const fields = fieldsOfSchema(playbook.parameters);
	const schema = JSON.stringify(playbook.parameters, null, 2);
	return (
		<article className={classes.overview} aria-label={playbook.name}>
			<PlaybookCard playbook={playbook} />
			<ul className={classes.traits}>
				<li>
					Id <code>{playbook.id}</code>
				</li>
				<li>
					{playbook.origin === "built_in"
						? "Shipped with Tocsin"
						: "From your folder"}
				</li>
				{playbook.kind === "action" && (
					<>
						<li>
							{playbook.isIdempotent
								? "Running it twice does no more than once"
								: "Running it twice does it twice"}
						</li>
						<li>
							{playbook.isOfflineSafe
								? "Works without a network"
								: "Needs the network"}
						</li>
						<li>
							{playbook.hasRollback
								? "Declares a rollback"
								: "Declares no rollback"}
						</li>
					</>
				)}
			</ul>
			{playbook.kind === "checklist" ? (
				<section>
					<h3>Steps for people</h3>
					<ol className={classes.checklist}>
						{playbook.checklist.map((step) => (
							<li key={step}>{step}</li>
						))}
					</ol>
				</section>
			) : (
				<>
					<section>
						<h3>Steps</h3>
						<ol className={classes.steps}>
							{playbook.steps.map((step) => (
								<li key={step.id}>
									<span className="dim">{kindWords[step.kind]}</span>
									<span>
										<bdi>{step.title}</bdi>
									</span>
								</li>
							))}
						</ol>
					</section>
					<section>
						<h3>Parameters</h3>
						{fields.length === 0 ? (
							<p className="dim">It takes none.</p>
						) : (
							<Parameters fields={fields} />
						)}
						<details className={classes.schema}>
							<summary>Their JSON Schema</summary>
							<div>
								{/* What is longer than its pane must be scrollable by keyboard. */}
								{/* biome-ignore lint/a11y/noNoninteractiveTabindex: see above */}
								<pre tabIndex={0}>{schema}</pre>
								<CopyButton text={schema} label="Copy the schema" />
							</div>
						</details>
					</section>
				</>
			)}
			<p className="dim">
				To use it, open an incident and press P: a playbook always runs on an
				incident.
			</p>
		</article>
	);
}

function Parameters(props: { readonly fields: readonly SchemaField[] }) {
	return (
		<table className={classes.parameters}>
			<thead>
				<tr>
					<th scope="col">Name</th>
					<th scope="col">Type</th>
					<th scope="col">Meaning</th>
				</tr>
			</thead>
			<tbody>
				{props.fields.map((field) => (
					<tr key={field.name}>
						<td>
							<code>{field.name}</code>
							{field.isRequired && <span className="faint"> required</span>}
						</td>
						<td>{typeWords(field.shape)}</td>
						<td>
							{field.label}.{" "}
							{field.description !== "" && `${field.description} `}
							{field.defaultValue !== undefined && (
								<span className="dim">
									Default <code>{JSON.stringify(field.defaultValue)}</code>
								</span>
							)}
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}

function typeWords(shape: FieldShape): string {
	switch (shape.kind) {
		case "text":
			return shape.isSecret ? "secret text" : "text";
		case "number": {
			const { min, max } = shape;
			const type = shape.isInteger ? "whole number" : "number";
			if (min !== null && max !== null) return `${type}, ${min} to ${max}`;
			if (min !== null) return `${type} from ${min}`;
			return max === null ? type : `${type} up to ${max}`;
		}
		case "boolean":
			return "yes or no";
		case "choice":
			return `one of ${shape.options.map(({ label }) => label).join(", ")}`;
		case "list":
			return shape.options === null
				? "texts"
				: `some of ${shape.options.join(", ")}`;
		case "text_or_number":
			return "text or number";
		case "json":
			return shape.types.length === 0 ? "anything" : shape.types.join(" or ");
		default:
			return assertNever(shape, "field");
	}
}
