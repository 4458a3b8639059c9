import { Checkbox, PasswordInput } from "@mantine/core";

/** What a person wants of a secret: empty leaves a stored one as it is. */
export interface SecretDraft {
	readonly text: string;
	readonly isRemoved: boolean;
}

export const keepSecret: SecretDraft = { text: "", isRemoved: false };

/** The change that is sent: absent for none, null to take it away. */
export function secretChange(draft: SecretDraft): string | null | undefined {
	if (draft.isRemoved) return null;
	return draft.text === "" ? undefined : draft.text;
}

/** A secret that goes in and never comes out. */
export function SecretField(props: {
	readonly label: string;
	readonly description?: string;
	/** One is stored already. */
	readonly isStored: boolean;
	readonly value: SecretDraft;
	onChange(value: SecretDraft): void;
}) {
	const { value, isStored } = props;
	return (
		<div>
			<PasswordInput
				label={props.label}
				description={props.description}
				placeholder={isStored ? "Stored; empty leaves it" : ""}
				autoComplete="new-password"
				maxLength={4_000}
				disabled={value.isRemoved}
				value={value.text}
				onChange={(event) =>
					props.onChange({ ...value, text: event.currentTarget.value })
				}
			/>
			{isStored && (
				<Checkbox
					mt={6}
					size="xs"
					label="Take the stored one away"
					checked={value.isRemoved}
					onChange={(event) =>
						props.onChange({ text: "", isRemoved: event.currentTarget.checked })
					}
				/>
			)}
		</div>
	);
}
