import { redactText } from "../log/index.ts";

const hidden = "[redacted]";

/** What looks like a secret or a person's address, beside what the log knows. */
const patterns: readonly [RegExp, string][] = [
	[
		/-----BEGIN [A-Z ]{1,40}-----[\s\S]{0,20000}?(?:-----END [A-Z ]{1,40}-----|$)/g,
		hidden,
	],
	[/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g, hidden],
	[
		/\b(?:gh[pousr]_|github_pat_|glpat-|xox[a-z]-|sk-|pk_live_|rk_live_)[\w-]{10,}/g,
		hidden,
	],
	[/\bAIza[\w-]{30,}/g, hidden],
	[/(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@]{1,200}@/gi, `$1${hidden}@`],
	[
		/\b(pass(?:word|wd)?|secret|token|api[_-]?key|access[_-]?key|credential)s?(["']?\s{0,3}[:=]\s{0,3}["']?)[^\s"',;]{3,}/gi,
		`$1$2${hidden}`,
	],
	[/\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}\b/g, hidden],
	[/\b[0-9a-f]{40,}\b/gi, hidden],
	[
		/\b(?=[A-Za-z0-9+/_-]{0,200}\d)(?=[A-Za-z0-9+/_-]{0,200}[A-Z])[A-Za-z0-9+/_-]{40,}={0,2}/g,
		hidden,
	],
];

/** The text without what looks like a secret, and whether there was any. */
export function redactSecrets(text: string): {
	text: string;
	isRedacted: boolean;
} {
	let clean = redactText(text);
	for (const [pattern, replacement] of patterns) {
		clean = clean.replace(pattern, replacement);
	}
	return { text: clean, isRedacted: clean !== text };
}
