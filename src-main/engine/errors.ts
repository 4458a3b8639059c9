/**
 * Every refusal the engine can answer with, and the HTTP status an API gives it when its
 * own document does not say otherwise. This table is the manual: a listener maps codes,
 * never messages.
 */
export const engineErrors = {
	/** The credential is absent, wrong, expired or revoked. */
	UNAUTHENTICATED: { status: 401, message: "Sign in first." },
	/** The role is too low for this. */
	FORBIDDEN: { status: 403, message: "Your role does not allow this." },
	/** No such thing, or it belongs to another tenant: the two are never told apart. */
	NOT_FOUND: { status: 404, message: "Not found." },
	/** The thing is in a state that does not allow this; `data` names the states. */
	CONFLICT: { status: 409, message: "The current state does not allow this." },
	/** The same thing exists; `data.id` names it. */
	DUPLICATE: { status: 409, message: "It exists already." },
	/** A name or an address that must be unique is taken. */
	TAKEN: { status: 409, message: "That name is taken." },
	/** It was there once and is over: a spent token, an undo after its time. */
	GONE: { status: 410, message: "It is too late for this." },
	/** More than the limit that `message` names. */
	TOO_LARGE: { status: 413, message: "Too large." },
	/** Well-formed, yet wrong; `data.field` names the field where there is one. */
	INVALID: { status: 422, message: "Invalid input." },
	/** A file or a body that cannot be decoded; `data.code` says how. */
	UNREADABLE: { status: 422, message: "This cannot be read." },
	/** Too many attempts; `data.retryAfterSeconds` says when the next may succeed. */
	RATE_LIMITED: { status: 429, message: "Too many attempts." },
	/** A newer Tocsin made the database: it can be read and exported, not changed. */
	READ_ONLY: {
		status: 503,
		message: "A newer Tocsin made this database; it is open for reading only.",
	},
	/** Shutting down, or a queue is full. Safe to try again. */
	UNAVAILABLE: { status: 503, message: "Not available now; try again." },
	/** The disk failed under a write; nothing of the write was kept. */
	STORAGE_FAILED: { status: 503, message: "The disk refused the write." },
	/** The disk is full; nothing of the write was kept. */
	STORAGE_FULL: { status: 507, message: "The disk is full." },
} as const satisfies Record<string, { status: number; message: string }>;

export type EngineErrorCode = keyof typeof engineErrors;

/** A refusal with a code of the registry. `data` must survive JSON and hold no secrets. */
export class EngineError extends Error {
	readonly code: EngineErrorCode;
	readonly data: Readonly<Record<string, unknown>>;

	constructor(
		code: EngineErrorCode,
		message: string = engineErrors[code].message,
		data: Readonly<Record<string, unknown>> = {},
		options?: ErrorOptions,
	) {
		super(message, options);
		this.name = "EngineError";
		this.code = code;
		this.data = data;
	}

	/** The status an API answers with when its document names no other. */
	get status(): number {
		return engineErrors[this.code].status;
	}
}

const sqliteCodes: ReadonlyMap<string, EngineErrorCode> = new Map([
	["SQLITE_FULL", "STORAGE_FULL"],
	["SQLITE_READONLY", "READ_ONLY"],
]);

/**
 * The coded form of what a write threw: SQLite's own failures of the disk become codes of
 * the registry, everything else is answered as it came.
 */
export function asEngineError(error: unknown): unknown {
	if (!(error instanceof Error) || !("code" in error)) return error;
	const { code } = error;
	if (typeof code !== "string") return error;
	const mapped =
		sqliteCodes.get(code) ??
		(code.startsWith("SQLITE_IOERR") ? "STORAGE_FAILED" : undefined);
	return mapped === undefined
		? error
		: new EngineError(mapped, undefined, {}, { cause: error });
}
