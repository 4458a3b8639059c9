import { Modal, TextInput } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { KeyCaps } from "./key-caps.tsx";
import classes from "./picker.module.css";

export interface Choice<T> {
	readonly value: T;
	/** What a search looks into. */
	readonly label: string;
	readonly content: ReactNode;
	/** One key that takes it at once, while nothing was typed. */
	readonly digit?: string;
}

/** A short list to choose one of: type to narrow it, arrows and Enter or a number key to take one. */
export function Picker<T>(props: {
	readonly title: string;
	readonly choices: readonly Choice<T>[];
	onPick(value: T): void;
	onClose(): void;
}) {
	const [search, setSearch] = useState("");
	const [at, setAt] = useState(0);
	const listId = useId();
	const needle = search.trim().toLowerCase();
	const shown = props.choices.filter((each) =>
		each.label.toLowerCase().includes(needle),
	);
	const active = Math.min(at, shown.length - 1);

	function take(choice: Choice<T> | undefined): void {
		if (choice === undefined) return;
		props.onClose();
		props.onPick(choice.value);
	}

	function onKeyDown(event: KeyboardEvent): void {
		const byDigit =
			search === ""
				? props.choices.find((each) => each.digit === event.key)
				: undefined;
		if (byDigit !== undefined) take(byDigit);
		else if (event.key === "ArrowDown") {
			setAt(Math.min(active + 1, shown.length - 1));
		} else if (event.key === "ArrowUp") setAt(Math.max(active - 1, 0));
		else if (event.key === "Enter") take(shown[active]);
		else return;
		event.preventDefault();
	}

	return (
		<Modal
			opened
			onClose={props.onClose}
			title={props.title}
			size={380}
			padding="sm"
			yOffset="18vh"
			centered={false}
		>
			<TextInput
				ref={focusAtOnce}
				data-autofocus
				aria-label="Type to narrow the list"
				placeholder="Type to narrow the list"
				role="combobox"
				aria-expanded="true"
				aria-controls={listId}
				aria-activedescendant={`${listId}-${active}`}
				value={search}
				onChange={(event) => {
					setSearch(event.currentTarget.value);
					setAt(0);
				}}
				onKeyDown={onKeyDown}
			/>
			<div id={listId} role="listbox" className={classes.list} tabIndex={-1}>
				{shown.map((choice, index) => (
					<div
						key={choice.label}
						id={`${listId}-${index}`}
						role="option"
						tabIndex={-1}
						aria-selected={index === active}
						className={classes.choice}
						onPointerMove={() => setAt(index)}
						onClick={() => take(choice)}
						onKeyDown={onKeyDown}
					>
						{choice.content}
						{choice.digit !== undefined && <KeyCaps keys={choice.digit} />}
					</div>
				))}
				{shown.length === 0 && (
					<p className={classes.none}>Nothing matches “{search}”.</p>
				)}
			</div>
		</Modal>
	);
}

/** The dialog gives the focus a moment after it is there: the second key of a fast pair, such as H 3, would be lost. */
function focusAtOnce(input: HTMLInputElement | null): void {
	input?.focus();
}
