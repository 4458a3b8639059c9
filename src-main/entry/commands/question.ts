import { createInterface } from "node:readline/promises";
import { CommandFailure, exitCodes } from "./failure.ts";

/** True when a person can be asked: questions go to stderr, so stdout may be a pipe. */
export function canAsk(): boolean {
	return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** Asks until `check` answers a value; it answers null for what it cannot use. */
export async function ask<Answer>(
	question: string,
	check: (text: string) => Answer | null,
): Promise<Answer> {
	const reader = createInterface({
		input: process.stdin,
		output: process.stderr,
	});
	const gone = new AbortController();
	reader.once("close", () => gone.abort());
	reader.once("SIGINT", () => gone.abort());
	try {
		for (;;) {
			const text = await reader.question(`${question} `, {
				signal: gone.signal,
			});
			const answer = check(text.trim());
			if (answer !== null) return answer;
		}
	} catch {
		throw new CommandFailure(
			"CANCELLED",
			"Nothing was changed.",
			exitCodes.interrupted,
		);
	} finally {
		reader.close();
	}
}

/** Reads a line that is not shown while it is typed. */
export async function askSecret(question: string): Promise<string> {
	const { stdin, stderr } = process;
	stderr.write(`${question} `);
	stdin.setRawMode(true);
	stdin.setEncoding("utf8");
	let typed = "";
	try {
		for await (const chunk of stdin) {
			for (const character of String(chunk)) {
				if (character === "\r" || character === "\n") return typed;
				if (character === "\u0003" || character === "\u0004") {
					throw new CommandFailure(
						"CANCELLED",
						"Nothing was changed.",
						exitCodes.interrupted,
					);
				}
				typed =
					character === "\u007f" || character === "\b"
						? [...typed].slice(0, -1).join("")
						: typed + character;
			}
		}
		return typed;
	} finally {
		stdin.setRawMode(false);
		stdin.pause();
		stderr.write("\n");
	}
}

/** The first line of stdin, for secrets that a program hands over. */
export async function readSecretFromStdin(): Promise<string> {
	let text = "";
	process.stdin.setEncoding("utf8");
	for await (const chunk of process.stdin) text += String(chunk);
	return text.split(/\r?\n/, 1)[0] ?? "";
}
