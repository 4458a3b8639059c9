import type { TextTemplate } from "../expressions/text-template.ts";
import type { Field } from "../file/field.ts";
import type { AddressTemplate } from "../playbook-source.ts";
import { type Known, readExpression, templateOf } from "./read-expression.ts";

const literalPart = /^[A-Za-z0-9._~!$&'()*+,;=:@-]*$/;

/** The address of a request: a connection or a literal origin, a path and a query. */
export function readAddress(
	field: Field,
	members: ReadonlyMap<string, Field>,
	known: Known,
	allowedHosts: readonly string[],
): AddressTemplate | undefined {
	const connection = members.get("connection")?.text(64) ?? null;
	const url = members.get("url");
	if ((connection === null) === (url === undefined)) {
		return field.fault(
			"needs either a connection or a url (the address without its path).",
		);
	}
	const origin = url === undefined ? null : readOrigin(url, allowedHosts);
	const path = members.get("path");
	return {
		connection,
		origin: origin ?? null,
		segments: path === undefined ? [] : readPath(path, known),
		query: readQuery(members.get("query"), known),
	};
}

function readOrigin(
	field: Field,
	allowedHosts: readonly string[],
): string | undefined {
	const text = field.text(2_000);
	if (text === undefined) return undefined;
	if (text.includes("{{")) {
		return field.fault("a host is never a value; write it out.");
	}
	if (!URL.canParse(text)) return field.fault(`"${text}" is no address.`);
	const url = new URL(text);
	if (url.protocol !== "http:" && url.protocol !== "https:") {
		return field.fault("must begin with http:// or https://.");
	}
	if (url.username !== "" || url.password !== "") {
		return field.fault("must not hold a password; make it a connection.");
	}
	if (url.pathname !== "/" || url.search !== "" || url.hash !== "") {
		return field.fault(
			`must end after the host; the rest belongs under path and query: url: ${url.origin}`,
		);
	}
	if (
		!allowedHosts.includes(url.host) &&
		!allowedHosts.includes(url.hostname)
	) {
		return field.fault(
			`${url.host} is not among allowed_hosts; add it there: allowed_hosts: [${[...allowedHosts, url.host].join(", ")}]`,
		);
	}
	return url.origin;
}

function readPath(field: Field, known: Known): TextTemplate[] {
	const text = field.text(2_000);
	if (text === undefined) return [];
	if (!text.startsWith("/")) {
		field.fault('must begin with "/".');
		return [];
	}
	const whole = templateOf(field, text, ["params"], known);
	if (whole === undefined) return [];
	return segmentsOf(text).flatMap((segment) => {
		const template = templateOf(field, segment, ["params"], {
			...known,
			parameters: [...whole.expressions].flatMap(({ parameters }) => [
				...parameters,
			]),
		});
		if (template === undefined) return [];
		for (const part of template.parts) {
			if (part.kind === "text" && !literalPart.test(part.text)) {
				field.fault(
					`"${part.text}" holds a character that a path cannot; a query belongs under query.`,
				);
			}
		}
		if (segment === "." || segment === "..") {
			field.fault(`"${segment}" is no part of a path.`);
		}
		return [template];
	});
}

/** Split at the author's slashes, not at those inside an expression. */
function segmentsOf(path: string): string[] {
	const segments = [""];
	let depth = 0;
	for (let at = 1; at < path.length; at++) {
		const pair = path.slice(at, at + 2);
		if (pair === "{{") depth++;
		if (pair === "}}") depth--;
		const character = path.charAt(at);
		if (character === "/" && depth === 0) segments.push("");
		else segments.push((segments.pop() ?? "") + character);
	}
	return segments;
}

function readQuery(
	field: Field | undefined,
	known: Known,
): AddressTemplate["query"] {
	return [...(field?.members("any") ?? [])].flatMap(([name, value]) => {
		const members = value.isMap ? value.members(["value", "when"]) : undefined;
		const part = value.isMap ? members?.get("value") : value;
		if (part === undefined) {
			value.fault("needs a value.");
			return [];
		}
		const text = part.text(2_000);
		const template =
			text === undefined
				? undefined
				: templateOf(part, text, ["params"], known);
		const when = readExpression(
			members?.get("when"),
			["params"],
			known,
			"bool",
		);
		return template === undefined
			? []
			: [{ name, value: template, when: when ?? null }];
	});
}
