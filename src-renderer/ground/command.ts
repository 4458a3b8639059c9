/** What the palette of commands offers. */
export interface Command {
	readonly id: string;
	readonly label: string;
	readonly group: string;
	/** Shown dim behind the label. */
	readonly detail?: string;
	readonly keys?: string;
	run(): void;
}
