/** Exit codes of every command. */
export const exitCodes = { failed: 1, usage: 2, interrupted: 130 } as const;

/** Why a command ends without its result: one line that says what to do, and a code for programs. */
export class CommandFailure extends Error {
	/** Short, stable, upper case. */
	readonly code: string;
	readonly exitCode: number;
	constructor(
		code: string,
		message: string,
		exitCode: number = exitCodes.failed,
	) {
		super(message);
		this.name = "CommandFailure";
		this.code = code;
		this.exitCode = exitCode;
	}
}

/** A command line that cannot be understood. */
export function usageFailure(message: string): CommandFailure {
	return new CommandFailure("USAGE", message, exitCodes.usage);
}

/** What a caught error says to a person and to a program. */
export function describeFailure(error: unknown): {
	code: string;
	message: string;
	exitCode: number;
} {
	if (error instanceof CommandFailure) {
		const { code, message, exitCode } = error;
		return { code, message: oneLine(message), exitCode };
	}
	const code =
		error instanceof Error && "code" in error && typeof error.code === "string"
			? error.code
			: "FAILED";
	const message = error instanceof Error ? error.message : String(error);
	const details = detailsOf(error);
	return {
		code: details !== null && code === "BAD_REQUEST" ? "INVALID" : code,
		message: oneLine(details ?? message),
		exitCode: exitCodes.failed,
	};
}

/** What a refusal carries beside its message: the engine's problems, or the schema's issues by field. */
function detailsOf(error: unknown): string | null {
	const data = property(error, "data");
	const texts = ["problems", "issues"].flatMap((list) => {
		const items = property(data, list);
		return Array.isArray(items) ? items.flatMap(describeDetail) : [];
	});
	return texts.length > 0 ? texts.join(" ") : null;
}

function describeDetail(detail: unknown): string[] {
	const message = property(detail, "message");
	const path = property(detail, "path");
	if (typeof message !== "string") return [];
	return Array.isArray(path) && path.length > 0
		? [`${path.join(".")}: ${message}`]
		: [message];
}

function property(value: unknown, name: string): unknown {
	return typeof value === "object" && value !== null
		? Reflect.get(value, name)
		: undefined;
}

function oneLine(text: string): string {
	return text.replace(/\s*\n\s*/g, " ").trim();
}
