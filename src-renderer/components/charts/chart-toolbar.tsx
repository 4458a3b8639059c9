import { ActionIcon, Group, Tooltip } from "@mantine/core";
import {
	IconChartLine,
	IconFileTypeCsv,
	IconPhotoDown,
	IconTable,
} from "@tabler/icons-react";
import type { ReactNode } from "react";

interface ChartToolbarProps {
	readonly title: string;
	readonly isTable: boolean;
	readonly onToggleTable: () => void;
	/** Null while there is no drawing to export. */
	readonly onImage: (() => Promise<void>) | null;
	readonly onCsv: () => void;
}

/** Exports and the switch between the drawing and its table. */
export function ChartToolbar({
	title,
	isTable,
	onToggleTable,
	onImage,
	onCsv,
}: ChartToolbarProps) {
	return (
		<Group gap={2} wrap="nowrap">
			<Tool
				label={isTable ? "Show as chart" : "Show as table"}
				title={title}
				isPressed={isTable}
				onClick={onToggleTable}
			>
				{isTable ? <IconChartLine size={16} /> : <IconTable size={16} />}
			</Tool>
			<Tool
				label="Save as PNG"
				title={title}
				isDisabled={onImage === null}
				onClick={() => void onImage?.()}
			>
				<IconPhotoDown size={16} />
			</Tool>
			<Tool label="Save as CSV" title={title} onClick={onCsv}>
				<IconFileTypeCsv size={16} />
			</Tool>
		</Group>
	);
}

interface ToolProps {
	readonly label: string;
	readonly title: string;
	readonly isPressed?: boolean;
	readonly isDisabled?: boolean;
	readonly onClick: () => void;
	readonly children: ReactNode;
}

function Tool(props: ToolProps) {
	return (
		<Tooltip label={props.label} openDelay={400}>
			<ActionIcon
				variant="subtle"
				c="dimmed"
				size={26}
				aria-label={`${props.label}: ${props.title}`}
				aria-pressed={props.isPressed}
				disabled={props.isDisabled ?? false}
				onClick={props.onClick}
			>
				{props.children}
			</ActionIcon>
		</Tooltip>
	);
}
