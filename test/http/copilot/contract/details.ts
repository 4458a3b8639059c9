/** What is promised of operations beside that which follows from the document's tables. */
export type Details = Readonly<
	Record<
		string,
		{
			readonly ok: number;
			readonly fields: readonly string[];
			/** Refusals of its own rules. */
			readonly errors?: readonly number[];
			readonly more?: readonly string[];
		}
	>
>;

export const done = ["status", "message"];

/** Of a list. */
export function paged(): string[] {
	return ["header X-Total-Count", "header Link", "page good", "page bad"];
}
