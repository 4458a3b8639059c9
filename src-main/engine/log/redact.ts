const hidden = "[redacted]";
const deepest = 8;
const longestArray = 100;

const secretName =
	/^(authorization|proxy-authorization|x-api-key|api_?key|key|cookie|set-cookie|(\w*_)?password|(\w*_)?token|ticket|(\w*_)?secret)$/i;
const secretInCamelCase = /(Password|Token|Ticket|Secret|ApiKey|Cookie)$/;

/** Secrets that are known by their look: API keys, our own tokens and sessions, JWTs, bearer headers, and parameters of addresses. */
const secretTexts: readonly [RegExp, string][] = [
	[/\bsk_live_[\w-]+/g, `sk_live_${hidden}`],
	[/\bwhsec_[\w+/=-]+/g, `whsec_${hidden}`],
	[/\b(rt|us|ut|wt|lo)_[\w-]{43}/g, `$1_${hidden}`],
	[/\beyJ[\w-]{8,}\.[\w-]*\.?[\w-]*/g, hidden],
	[/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${hidden}`],
	[
		/([?&](?:ticket|token|key|password|secret|access_token|refresh_token)=)[^&\s"'#]+/gi,
		`$1${hidden}`,
	],
];

/** The text without what looks like a secret. */
export function redactText(text: string): string {
	let clean = text;
	for (const [pattern, replacement] of secretTexts) {
		clean = clean.replace(pattern, replacement);
	}
	return clean;
}

/**
 * A copy of what is logged, for JSON: fields with a secret's name hidden, texts cleaned, errors
 * as their name, message, code, stack and cause. Cycles and depths end in a word.
 */
export function redact(value: unknown): unknown {
	return copy(value, 0, new Set());
}

function copy(
	value: unknown,
	depth: number,
	above: ReadonlySet<unknown>,
): unknown {
	if (typeof value === "string") return redactText(value);
	if (typeof value === "bigint") return String(value);
	if (typeof value !== "object" || value === null) return value;
	if (above.has(value)) return "[circular]";
	if (depth >= deepest) return "[deep]";
	const inside = new Set(above).add(value);
	if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
	if (Array.isArray(value)) {
		return value
			.slice(0, longestArray)
			.map((item) => copy(item, depth + 1, inside));
	}
	if (value instanceof Date) return value.toISOString();
	const fields = value instanceof Error ? errorFields(value) : value;
	return Object.fromEntries(
		Object.entries(fields).map(([name, field]) => [
			name,
			isSecret(name, field) ? hidden : copy(field, depth + 1, inside),
		]),
	);
}

/** A number is an integer key or a count, such as `tokens`, never a secret. */
function isSecret(name: string, value: unknown): boolean {
	return (
		(secretName.test(name) || secretInCamelCase.test(name)) &&
		value !== null &&
		value !== undefined &&
		typeof value !== "number" &&
		typeof value !== "boolean"
	);
}

/** What JSON leaves out of an error. Its own fields (`code`, `data`) come too. */
function errorFields(error: Error): Record<string, unknown> {
	const { name, message, stack, cause } = error;
	return {
		...error,
		name,
		message,
		stack,
		...(cause === undefined ? {} : { cause }),
	};
}
