import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Credential, SecretPlace } from "./read-connections.ts";

export type Headers = Readonly<Record<string, string>>;

const mostBytes = 65_536;

/** The headers that a credential makes, and every secret text in them; or what is missing. */
export function credentialOf(
	credential: Credential,
	folder: string,
):
	| { readonly headers: Headers; readonly secrets: readonly string[] }
	| { readonly fault: string } {
	const headers: [string, string][] = [];
	const secrets: string[] = [];
	try {
		for (const [name, place] of credential.headers) {
			const text = secretAt(place, folder);
			headers.push([name, text]);
			secrets.push(text);
			for (const bare of withoutScheme(text)) secrets.push(bare);
		}
		if (credential.token !== null) {
			const token = secretAt(credential.token, folder);
			headers.push(["Authorization", `${credential.scheme} ${token}`]);
			secrets.push(token);
		}
		if (credential.basic !== null) {
			const { username, password } = credential.basic;
			const secret = secretAt(password, folder);
			const pair = Buffer.from(`${username}:${secret}`).toString("base64");
			headers.push(["Authorization", `Basic ${pair}`]);
			secrets.push(secret, pair);
		}
	} catch (error) {
		if (error instanceof MissingSecret) return { fault: error.message };
		throw error;
	}
	return { headers: Object.fromEntries(headers), secrets };
}

class MissingSecret extends Error {}

function secretAt(place: SecretPlace, folder: string): string {
	const text = textAt(place, folder);
	// A header cannot carry anything else, and a line feed would begin another one.
	if (!/^[\x20-\x7e]+$/.test(text)) {
		throw new MissingSecret(
			`${nameOf(place)} holds something that a header cannot carry.`,
		);
	}
	return text;
}

function textAt(place: SecretPlace, folder: string): string {
	switch (place.kind) {
		case "text":
			return place.text;
		case "environment": {
			const value = process.env[place.name];
			if (value) return value;
			throw new MissingSecret(
				`the environment variable ${place.name} is not set where Tocsin runs.`,
			);
		}
		case "file": {
			const path = resolve(folder, place.path);
			try {
				if (statSync(path).size > mostBytes) {
					throw new MissingSecret(
						`${path} is over 64 KiB, too long for a secret.`,
					);
				}
				return readFileSync(path, "utf8").replace(/\r?\n$/, "");
			} catch (error) {
				if (error instanceof MissingSecret) throw error;
				throw new MissingSecret(`${path} cannot be read.`);
			}
		}
	}
}

function nameOf(place: SecretPlace): string {
	switch (place.kind) {
		case "text":
			return "the secret in it";
		case "environment":
			return `the environment variable ${place.name}`;
		case "file":
			return place.path;
	}
}

/** `ApiKey abc` is known to redaction as `abc` too. */
function withoutScheme(text: string): string[] {
	const [, rest] = /^\S+ (\S+)$/.exec(text) ?? [];
	return rest === undefined ? [] : [rest];
}
