import { Button, Modal } from "@mantine/core";
import { AbsoluteTime, RelativeTime } from "../../components/relative-time.tsx";
import { Fault, Line, WaitingRows } from "../../components/section.tsx";
import { inertText } from "../../ground/inert-text.ts";
import { safeLink } from "../../ground/safe-link.ts";
import { useEngine } from "../../state/engine-context.tsx";
import { useAnswer } from "../../state/use-answer.ts";
import { kindWords } from "./hypothesis-words.ts";

const mostDetails = 50;

/** A deployment or another change that somebody told of, with all that was said. Stays drawn while closed, to give the focus back. */
export function ChangeDialog(props: {
	readonly id: string;
	readonly isOpen: boolean;
	onClose(): void;
}) {
	return (
		<Modal
			opened={props.isOpen}
			onClose={props.onClose}
			title="What changed"
			size={560}
		>
			<Change id={props.id} />
		</Modal>
	);
}

function Change({ id }: { readonly id: string }) {
	const engine = useEngine();
	const { value, fault, reload } = useAnswer(`change ${id}`, (signal) =>
		engine.hypotheses.change({ id }, { signal }),
	);
	if (value === null) {
		return fault === null ? (
			<WaitingRows rows={3} />
		) : (
			<Fault>
				The change cannot be shown: {fault}{" "}
				<Button variant="default" size="compact-xs" onClick={reload}>
					Try again
				</Button>
			</Fault>
		);
	}
	const { at, service, source } = value;
	return (
		<>
			<Line name={kindWords[value.kind]}>
				<Words text={value.summary} />
			</Line>
			<Line name="When">
				<span>
					<AbsoluteTime at={at} />, <RelativeTime at={at} ago />
				</span>
			</Line>
			<Named name="Service" text={service} />
			<Named name="Model" text={value.modelId} />
			<Named name="By" text={value.author} />
			<Named name="Told by" text={source === service ? null : source} />
			{Object.entries(value.details)
				.filter(([name]) => name !== "service")
				.slice(0, mostDetails)
				.map(([name, text]) => (
					<Named key={name} name={inertText(name)} text={text} />
				))}
			<Where link={value.link} />
		</>
	);
}

function Named(props: { readonly name: string; readonly text: string | null }) {
	return props.text === null || props.text === "" ? null : (
		<Line name={props.name}>
			<Words text={props.text} />
		</Line>
	);
}

/** A stranger's words, as text. */
function Words({ text }: { readonly text: string }) {
	return <bdi>{inertText(text)}</bdi>;
}

/** Opened only where it is plainly a page; else shown as what it is. */
function Where({ link }: { readonly link: string | null }) {
	if (link === null) return null;
	const href = safeLink(link);
	return (
		<Line name="Link">
			{href === null ? (
				<span>
					<Words text={link} /> <span className="faint">(not opened)</span>
				</span>
			) : (
				<a href={href} target="_blank" rel="noreferrer noopener">
					<Words text={link} />
				</a>
			)}
		</Line>
	);
}
