/** What the pool says to one of its threads. A thread runs one task at a time. */
export type ToComputeThread =
	| {
			readonly kind: "run";
			readonly id: number;
			readonly task: string;
			readonly input: unknown;
	  }
	| { readonly kind: "abort"; readonly id: number }
	/** The caller has finished with the message of this number. */
	| {
			readonly kind: "received";
			readonly id: number;
			readonly message: number;
	  };

/** What a thread answers. */
export type FromComputeThread =
	| {
			readonly kind: "message";
			readonly id: number;
			readonly message: number;
			readonly value: unknown;
	  }
	| { readonly kind: "done"; readonly id: number; readonly output: unknown }
	| {
			readonly kind: "failed";
			readonly id: number;
			readonly error: TransferredError;
	  };

/** An error as it crosses threads: structured cloning keeps a plain Error's message only. */
export interface TransferredError {
	readonly name: string;
	readonly message: string;
	readonly stack: string | undefined;
	/** Own enumerable fields, such as `code` and `data`. */
	readonly fields: Readonly<Record<string, unknown>>;
}

/** Makes an error ready to be posted; fields that cannot be cloned are left out. */
export function packError(error: unknown): TransferredError {
	if (!(error instanceof Error)) {
		return {
			name: "Error",
			message: String(error),
			stack: undefined,
			fields: {},
		};
	}
	const fields: Record<string, unknown> = {};
	for (const [key, value] of Object.entries(error)) {
		if (key === "name" || key === "cause") continue;
		try {
			fields[key] = structuredClone(value);
		} catch {
			fields[key] = String(value);
		}
	}
	return {
		name: error.name,
		message: error.message,
		stack: error.stack,
		fields,
	};
}

/** The error on the other side; its class is lost, its name, code and data are kept. */
export function unpackError(packed: TransferredError): Error {
	const error =
		packed.name === "AbortError"
			? new DOMException(packed.message, "AbortError")
			: new Error(packed.message);
	if (error instanceof DOMException) return error;
	Object.assign(error, packed.fields, { name: packed.name });
	if (packed.stack !== undefined) error.stack = packed.stack;
	return error;
}
