import { Button, Switch } from "@mantine/core";
import { IconArrowDown } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useStore } from "zustand";
import type { PlaybookAction } from "../../../src-shared/contract/index.ts";
import { plural } from "../../components/charts/number-words.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { KeyCaps } from "../../components/key-caps.tsx";
import { inertText } from "../../ground/inert-text.ts";
import { useShortcuts } from "../../ground/keyboard.ts";
import { usePreferences } from "../../ground/preferences.ts";
import type { ActionOutput } from "../../state/action-output.ts";
import { useActionOutput } from "../../state/use-actions.ts";
import classes from "./action-log.module.css";
import { isEnded } from "./action-words.ts";
import { LogLine } from "./log-line.tsx";

const lineHeight = 18;
/** Pixels from the end within which the log still counts as being there. */
const nearEnd = 24;

/** What the run prints, live; stays at its end until a person scrolls away from it. */
export function ActionLog(props: { readonly action: PlaybookAction }) {
	const output = useActionOutput(props.action.id);
	return output === null ? (
		<section className={classes.log} aria-label="Output" />
	) : (
		<Log key={props.action.id} output={output} action={props.action} />
	);
}

function Log(props: {
	readonly output: ActionOutput;
	readonly action: PlaybookAction;
}) {
	const { output, action } = props;
	const { revision, hasLoaded, isCapped, fault } = useStore(output.state);
	const { lines } = output.text;
	const zone = usePreferences((each) => each.zone);
	const pane = useRef<HTMLDivElement>(null);
	const [isFollowing, setFollowing] = useState(true);
	const [isWrapped, setWrapped] = useState(false);
	// What has long ended takes the room that it needs; a log that was seen growing stays as it is.
	const [isOld] = useState(() => isEnded(action));
	const virtual = useVirtualizer({
		count: lines.length,
		getScrollElement: () => pane.current,
		estimateSize: () => lineHeight,
		overscan: 20,
		initialRect: { width: 600, height: 280 },
	});
	const toEnd = useEffectEvent(() => {
		if (lines.length > 0)
			virtual.scrollToIndex(lines.length - 1, { align: "end" });
	});
	useEffect(() => {
		if (isFollowing && revision >= 0) toEnd();
	}, [revision, isFollowing]);
	const measure = useEffectEvent((_isWrapped: boolean) => {
		virtual.measure();
		if (isFollowing) toEnd();
	});
	// Lines are as tall as they were until they are measured anew.
	useEffect(() => measure(isWrapped), [isWrapped]);
	const status = action.status;
	useEffect(() => {
		// The last words of a run may come with its end.
		if (status !== "running") output.ask();
	}, [output, status]);
	useShortcuts([
		{
			keys: "l",
			label: "Follow the output",
			group: "Playbooks",
			run: () => {
				pane.current?.focus();
				setFollowing(true);
				toEnd();
				return true;
			},
		},
	]);

	return (
		<section className={classes.log} aria-label="Output">
			<div className={classes.head}>
				<h4>Output</h4>
				<span className="dim tabular">
					{hasLoaded && plural(countPrinted(lines), "line")}
					{isCapped && ", and more that was not kept"}
				</span>
				<span className={classes.space} />
				{!isFollowing && (
					<Button
						size="compact-xs"
						variant="default"
						leftSection={<IconArrowDown size={13} aria-hidden="true" />}
						rightSection={<KeyCaps keys="l" />}
						onClick={() => setFollowing(true)}
					>
						Follow
					</Button>
				)}
				<Switch
					size="xs"
					label="Wrap"
					checked={isWrapped}
					onChange={(event) => setWrapped(event.currentTarget.checked)}
				/>
				<CopyButton
					text={() => lines.map((line) => inertText(line.text)).join("\n")}
					label="Copy the output"
				/>
			</div>
			<div
				ref={pane}
				className={classes.pane}
				data-wrapped={isWrapped || undefined}
				data-old={(hasLoaded && isOld) || undefined}
				// What is longer than its pane must be scrollable by keyboard.
				// biome-ignore lint/a11y/noNoninteractiveTabindex: see above
				tabIndex={0}
				role="log"
				aria-live="off"
				aria-label="Output of the run"
				onScroll={(event) => {
					const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
					setFollowing(scrollHeight - scrollTop - clientHeight < nearEnd);
				}}
			>
				{lines.length === 0 ? (
					<p className={classes.none}>{emptyWords(action, hasLoaded, fault)}</p>
				) : (
					<div
						className={classes.lines}
						style={{ height: virtual.getTotalSize() }}
					>
						{virtual.getVirtualItems().map((item) => {
							const line = lines[item.index];
							return line === undefined ? null : (
								<div
									key={item.key}
									ref={isWrapped ? virtual.measureElement : undefined}
									data-index={item.index}
									className={classes.line}
									style={{ transform: `translateY(${item.start}px)` }}
								>
									<LogLine
										line={line}
										title={titleOf(action, line.stepId)}
										zone={zone}
									/>
								</div>
							);
						})}
					</div>
				)}
			</div>
			{fault !== null && lines.length > 0 && (
				<p className={classes.fault} role="alert">
					The output stands still: {fault} It is asked for again.
				</p>
			)}
		</section>
	);
}

function countPrinted(lines: readonly { readonly kind: string }[]): number {
	let steps = 0;
	for (const line of lines) if (line.kind === "step") steps++;
	return lines.length - steps;
}

function titleOf(action: PlaybookAction, stepId: string): string {
	return action.steps.find((step) => step.id === stepId)?.title ?? stepId;
}

function emptyWords(
	action: PlaybookAction,
	hasLoaded: boolean,
	fault: string | null,
): string {
	if (fault !== null) return `The output cannot be shown: ${fault}`;
	if (!hasLoaded) return "";
	return isEnded(action)
		? "It printed nothing."
		: "Nothing printed yet. What the steps print appears here as they do.";
}
