/** An instant as API B writes it. */
export function instantText(instant: number): string {
	return new Date(instant).toISOString();
}
