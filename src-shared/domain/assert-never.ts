/** Ends an exhaustive switch: a member added to the union breaks the build here, not the user's day. */
export function assertNever(value: never, what: string): never {
	throw new Error(`Unhandled ${what}: ${JSON.stringify(value)}`);
}
