import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { ORPCError } from "@orpc/client";

const undoFor = 8_000;

/** A toast that says what was done and takes it back on request, for 8 s. */
export function showUndo(message: string, undo: () => Promise<void>): void {
	const id = notifications.show({
		autoClose: undoFor,
		message: (
			<Group justify="space-between" wrap="nowrap">
				<span>{message}</span>
				<Button
					variant="subtle"
					size="compact-xs"
					onClick={() => {
						notifications.hide(id);
						undo().catch((cause: unknown) => {
							notifications.show({
								color: "red",
								title: "It could not be undone",
								message: saveFault(cause).message,
							});
						});
					}}
				>
					Undo
				</Button>
			</Group>
		),
	});
}

/** What the engine says against the settings, and of which field, when it names one. */
export function saveFault(cause: unknown): {
	readonly field: string | null;
	readonly message: string;
} {
	const message = cause instanceof Error ? cause.message : String(cause);
	const data: unknown = cause instanceof ORPCError ? cause.data : null;
	const field =
		typeof data === "object" &&
		data !== null &&
		"field" in data &&
		typeof data.field === "string"
			? data.field
			: null;
	return { field, message };
}
