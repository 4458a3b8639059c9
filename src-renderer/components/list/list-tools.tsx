import { ActionIcon, CloseButton, TextInput, Tooltip } from "@mantine/core";
import { IconSearch, IconSnowflake } from "@tabler/icons-react";
import { KeyCaps } from "../key-caps.tsx";
import type { List } from "./use-list.ts";

/** The search of a list: `/` goes there, Enter and the arrow go on to the first row, Escape takes back and leaves. */
export function ListSearch<Row>(props: {
	readonly list: List<Row>;
	/** What it says to whom does not see it, such as `Search incidents`. */
	readonly label: string;
	readonly placeholder?: string;
	readonly className?: string;
	readonly value: string;
	onChange(value: string): void;
}) {
	const { list, value, onChange } = props;
	return (
		<TextInput
			ref={list.search}
			className={props.className}
			aria-label={props.label}
			placeholder={props.placeholder ?? "Search"}
			maxLength={500}
			value={value}
			onChange={(event) => onChange(event.currentTarget.value)}
			onKeyDown={(event) => {
				if (event.key === "Escape") {
					event.preventDefault();
					if (value === "") event.currentTarget.blur();
					else onChange("");
				}
				if (event.key === "Enter" || event.key === "ArrowDown") {
					event.preventDefault();
					list.toFirst();
				}
			}}
			leftSection={<IconSearch size={14} aria-hidden="true" />}
			rightSection={
				value === "" ? (
					<KeyCaps keys="/" />
				) : (
					<CloseButton
						size="xs"
						aria-label="Clear the search"
						onClick={() => onChange("")}
					/>
				)
			}
		/>
	);
}

/** Freezes a list whose rows come live, or lets it move again. */
export function FreezeButton<Row>({ list }: { readonly list: List<Row> }) {
	return (
		<Tooltip
			label={
				<span>
					{list.frozen ? "Let the list move again" : "Freeze the list"}{" "}
					<KeyCaps keys="alt+space" />
				</span>
			}
		>
			<ActionIcon
				color={list.frozen ? "signal" : "gray"}
				variant={list.frozen ? "light" : "subtle"}
				aria-label="Freeze the list"
				aria-pressed={list.frozen}
				onClick={list.freeze}
			>
				<IconSnowflake size={16} stroke={1.6} />
			</ActionIcon>
		</Tooltip>
	);
}
