import { readFileSync, statSync } from "node:fs";
import { isAbsolute } from "node:path";
import type { Field } from "../file/field.ts";
import { YamlText } from "../file/yaml-text.ts";

/** Where a secret is: in the file itself, in a variable of the environment, or in a file. */
export type SecretPlace =
	| { readonly kind: "text"; readonly text: string }
	| { readonly kind: "environment"; readonly name: string }
	| { readonly kind: "file"; readonly path: string };

export interface Credential {
	/** `Authorization: SCHEME token`. */
	readonly token: SecretPlace | null;
	readonly scheme: string;
	readonly basic: {
		readonly username: string;
		readonly password: SecretPlace;
	} | null;
	readonly headers: readonly (readonly [string, SecretPlace])[];
}

export type Connection =
	| {
			readonly kind: "service";
			readonly url: string;
			readonly allowPrivate: boolean;
			readonly credential: Credential;
	  }
	| {
			readonly kind: "program";
			readonly program: string | null;
			readonly directory: string | null;
			readonly environment: readonly string[];
	  };

type Faults = readonly { line: number | null; message: string }[];

const serviceKeys = [
	"url",
	"allow_private",
	"token",
	"token_env",
	"token_file",
	"scheme",
	"basic",
	"headers",
] as const;
const programKeys = ["program", "directory", "environment"] as const;
const mostBytes = 262_144;
const names = /^[a-z][a-z0-9_-]{0,63}$/;
const headerName = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/;

/** The file's connections; null when there is no file. A file with a fault is refused as a whole. */
export function readConnections(file: string):
	| {
			readonly connections: ReadonlyMap<string, Connection>;
			readonly faults: Faults;
	  }
	| { readonly fault: string; readonly faults: Faults }
	| null {
	let text: string;
	try {
		const { mode, size } = statSync(file);
		const isOpen = process.platform !== "win32" && (mode & 0o077) !== 0;
		if (isOpen) {
			return refused(
				file,
				null,
				`other users of this machine can read it, and it is for secrets: chmod 600 ${file}`,
			);
		}
		if (size > mostBytes) return refused(file, null, "is over 256 KiB.");
		text = readFileSync(file, "utf8");
	} catch (error) {
		if (isMissing(error)) return null;
		const message = error instanceof Error ? error.message : String(error);
		return refused(file, null, `cannot be read: ${message}`);
	}
	// A file of comments alone, as the printed example is at first.
	if (/^\s*(#.*)?$/.test(text.replace(/^\s*#.*$/gm, ""))) {
		return { connections: new Map(), faults: [] };
	}
	const yaml = new YamlText(text, { hidesValues: true });
	const members = yaml.root?.members("any");
	const connections = new Map<string, Connection>();
	for (const [name, field] of members ?? []) {
		if (!names.test(name)) {
			field.fault("a connection's name has a-z, 0-9, _ and - only.");
		}
		const connection = readConnection(field);
		if (connection !== undefined) connections.set(name, connection);
	}
	const [first] = yaml.faults;
	if (first === undefined) return { connections, faults: [] };
	return {
		fault: `${file}:${first.line ?? 1}: ${first.message}`,
		faults: yaml.faults,
	};
}

function refused(file: string, line: number | null, message: string) {
	return { fault: `${file}: ${message}`, faults: [{ line, message }] };
}

function readConnection(field: Field): Connection | undefined {
	const asked = field.members("any");
	if (asked === undefined) return undefined;
	const isProgram = programKeys.some((key) => asked.has(key));
	return isProgram ? readProgram(field) : readService(field);
}

function readService(field: Field): Connection | undefined {
	const members = field.members(serviceKeys);
	if (members === undefined) return undefined;
	const url = members.get("url");
	if (url === undefined) field.fault("needs a url, or a program or directory.");
	const address = url?.text();
	const base = address === undefined ? undefined : baseUrl(address, url);
	const basic = members.get("basic");
	const headers = members.get("headers");
	const credential: Credential = {
		token: readSecret(members, "token"),
		scheme: members.get("scheme")?.text(50) ?? "Bearer",
		basic: basic === undefined ? null : readBasic(basic),
		headers: headers === undefined ? [] : readHeaders(headers),
	};
	if (credential.token !== null && credential.basic !== null) {
		field.fault("has a token and basic; a request can carry one of them.");
	}
	if (base === undefined) return undefined;
	return {
		kind: "service",
		url: base,
		allowPrivate: members.get("allow_private")?.flag() ?? false,
		credential,
	};
}

function readProgram(field: Field): Connection | undefined {
	const members = field.members(programKeys);
	if (members === undefined) return undefined;
	const absolute = (name: string) => {
		const place = members.get(name);
		const path = place?.text();
		if (path === undefined) return null;
		if (!isAbsolute(path)) place?.fault("must be an absolute path.");
		return path;
	};
	return {
		kind: "program",
		program: absolute("program"),
		directory: absolute("directory"),
		environment: (members.get("environment")?.items() ?? []).flatMap(
			(item) => item.text(200) ?? [],
		),
	};
}

function baseUrl(text: string, field: Field | undefined): string | undefined {
	if (!URL.canParse(text)) return field?.fault("is no address.");
	const url = new URL(text);
	if (url.protocol !== "http:" && url.protocol !== "https:") {
		return field?.fault("must begin with http:// or https://.");
	}
	if (url.username !== "" || url.password !== "") {
		return field?.fault(
			"must not hold a password; put it under basic or token.",
		);
	}
	if (url.search !== "" || url.hash !== "") {
		return field?.fault("must have neither a query nor a #.");
	}
	return url.href.replace(/\/+$/, "");
}

/** `NAME`, `NAME_env` or `NAME_file`. */
function readSecret(
	members: ReadonlyMap<string, Field>,
	name: string,
): SecretPlace | null {
	const given = [name, `${name}_env`, `${name}_file`].filter((key) =>
		members.has(key),
	);
	const [key, second] = given;
	if (key === undefined) return null;
	const field = members.get(key);
	if (second !== undefined) {
		field?.fault(`${key} and ${second} say the same; leave one.`);
	}
	const text = field?.text();
	if (text === undefined) return null;
	if (key.endsWith("_env")) return { kind: "environment", name: text };
	if (key.endsWith("_file")) return { kind: "file", path: text };
	return { kind: "text", text };
}

function readBasic(field: Field): Credential["basic"] {
	const members = field.members([
		"username",
		"password",
		"password_env",
		"password_file",
	]);
	if (members === undefined) return null;
	const username = members.get("username")?.text(500);
	const password = readSecret(members, "password");
	if (username === undefined || password === null) {
		field.fault("needs a username and a password.");
		return null;
	}
	if (username.includes(":")) {
		field.fault("HTTP's basic sign-in allows no : in a username.");
	}
	return { username, password };
}

function readHeaders(field: Field): Credential["headers"] {
	const headers: [string, SecretPlace][] = [];
	for (const [name, value] of field.members("any") ?? []) {
		if (!headerName.test(name)) {
			field.fault(`"${name}" is no header's name.`);
		}
		const place = value.isText ? readText(value) : readPlace(value);
		if (place !== undefined) headers.push([name, place]);
	}
	return headers;
}

function readText(field: Field): SecretPlace | undefined {
	const text = field.text();
	return text === undefined ? undefined : { kind: "text", text };
}

/** `{env: NAME}` or `{file: path}`. */
function readPlace(field: Field): SecretPlace | undefined {
	const members = field.members(["env", "file"]);
	const name = members?.get("env")?.text();
	if (name !== undefined) return { kind: "environment", name };
	const path = members?.get("file")?.text();
	if (path !== undefined) return { kind: "file", path };
	return field.fault("needs a text, or env: or file: with where it is.");
}

function isMissing(error: unknown): boolean {
	return error instanceof Error && "code" in error && error.code === "ENOENT";
}
