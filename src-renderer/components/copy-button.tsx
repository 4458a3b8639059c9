import { ActionIcon, Tooltip } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { announce } from "../ground/announcer.tsx";

/** Copies text, and says that it did. */
export function CopyButton(props: {
	/** A long text is made only when it is copied. */
	readonly text: string | (() => string);
	readonly label: string;
}) {
	const clipboard = useClipboard({ timeout: 2_000 });
	return (
		<Tooltip label={clipboard.copied ? "Copied" : props.label}>
			<ActionIcon
				aria-label={props.label}
				color="gray"
				onClick={() => {
					clipboard.copy(
						typeof props.text === "string" ? props.text : props.text(),
					);
					announce("Copied");
				}}
			>
				{clipboard.copied ? (
					<IconCheck size={15} stroke={1.75} />
				) : (
					<IconCopy size={15} stroke={1.75} />
				)}
			</ActionIcon>
		</Tooltip>
	);
}
