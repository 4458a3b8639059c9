import type { Variable } from "../expressions/expression.ts";
import type { Field } from "../file/field.ts";
import type { BodyTemplate, HttpTemplate } from "../playbook-source.ts";
import { isLate } from "../resolution/resolve-body.ts";
import { readAddress } from "./read-address.ts";
import { type Known, templateOf } from "./read-expression.ts";

type Without<Step> = Omit<Step, "id" | "phase" | "title" | "when">;

export interface HttpSurroundings {
	readonly known: Known;
	readonly allowedHosts: readonly string[];
	/** What the body may look at: in a rollback what was captured is there already. */
	readonly bodyVariables: readonly Variable[];
	readonly isRollback: boolean;
}

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
const longestSeconds = 86_400;
const headerName = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/;
/** Set by HTTP itself, or part of a credential, which belongs to a connection. */
const refusedHeaders = [
	"authorization",
	"proxy-authorization",
	"cookie",
	"host",
	"content-length",
	"transfer-encoding",
	"connection",
	"upgrade",
	"expect",
	"te",
	"trailer",
	"keep-alive",
];

/** `http:` of a step. */
export function readHttp(
	field: Field,
	around: HttpSurroundings,
): Without<HttpTemplate> | undefined {
	const members = field.members([
		"method",
		"connection",
		"url",
		"path",
		"query",
		"headers",
		"body",
		"allow_private",
		"timeout_seconds",
		"success_statuses",
		"capture",
	]);
	if (members === undefined) return undefined;
	const method = members.has("method")
		? members.get("method")?.choice(methods)
		: field.fault("needs a method.");
	const { known, allowedHosts } = around;
	const address = readAddress(field, members, known, allowedHosts);
	const isPrivate = members.get("allow_private");
	if (isPrivate !== undefined && members.has("connection")) {
		isPrivate.fault("belongs to the connection when there is one.");
	}
	const body = members.get("body");
	if (body !== undefined && method === "GET") {
		body.fault("a GET request has no body.");
	}
	const read = {
		headers: readHeaders(members.get("headers"), known),
		body: body === undefined ? null : (readBody(body, around) ?? null),
		timeoutSeconds:
			members.get("timeout_seconds")?.number(1, longestSeconds) ?? 30,
		successStatuses: readStatuses(members.get("success_statuses")),
		capture: readCapture(members.get("capture"), around.isRollback),
	};
	if (method === undefined || address === undefined) return undefined;
	return {
		kind: "http",
		method,
		address,
		allowPrivate: isPrivate?.flag() ?? false,
		...read,
	};
}

function readHeaders(
	field: Field | undefined,
	known: Known,
): HttpTemplate["headers"] {
	return [...(field?.members("any") ?? [])].flatMap(([name, value]) => {
		if (!headerName.test(name)) value.fault(`"${name}" is no header's name.`);
		if (refusedHeaders.includes(name.toLowerCase())) {
			value.fault(
				`${name} is not a playbook's to set; a credential belongs to a connection.`,
			);
		}
		const text = value.text(2_000);
		const template =
			text === undefined
				? undefined
				: templateOf(value, text, ["params"], known);
		return template === undefined ? [] : [[name, template] as const];
	});
}

function readBody(
	field: Field,
	around: HttpSurroundings,
): BodyTemplate | undefined {
	if (field.isMap) {
		const members = [...(field.members("any") ?? [])].flatMap(
			([name, value]) => {
				const part = readBody(value, around);
				return part === undefined ? [] : [[name, part] as const];
			},
		);
		return { kind: "map", members };
	}
	if (field.isList) {
		const items = (field.items() ?? []).flatMap(
			(item) => readBody(item, around) ?? [],
		);
		return { kind: "list", items };
	}
	const value = field.json();
	if (value === undefined) return undefined;
	if (typeof value !== "string" || !value.includes("{{")) {
		return { kind: "literal", value };
	}
	const { bodyVariables, known, isRollback } = around;
	const template = templateOf(field, value, bodyVariables, known);
	if (template === undefined) return undefined;
	const { alone } = template;
	if (alone !== null) return { kind: "value", value: alone, text: value };
	const late = template.expressions.find(isLate);
	if (late !== undefined && !isRollback) {
		return field.fault(
			`${late.text} is known only while it runs, and must stand alone: "{{ 'text ' + string(${late.text}) }}".`,
		);
	}
	return { kind: "text", text: template };
}

function readStatuses(
	field: Field | undefined,
): readonly (readonly [number, number])[] {
	if (field === undefined) return [[200, 299]];
	return (field.items() ?? []).flatMap((item) => {
		const [, first, last] =
			/^([1-5]\d\d)(?:-([1-5]\d\d))?$/.exec(String(item.json() ?? "")) ?? [];
		const range = [Number(first), Number(last ?? first)] as const;
		if (range[0] <= range[1]) return [range];
		item.fault("must be a status such as 200, or a range such as 200-299.");
		return [];
	});
}

function readCapture(
	field: Field | undefined,
	isRollback: boolean,
): Readonly<Record<string, string>> {
	if (field !== undefined && isRollback) {
		field.fault("a rollback captures nothing.");
	}
	const pairs = [...(field?.members("any") ?? [])].flatMap(([name, value]) => {
		const pointer = value.text(500);
		if (!/^[A-Za-z_]\w{0,63}$/.test(name)) {
			value.fault("a captured value's name has letters, digits and _ only.");
		}
		if (pointer === undefined) return [];
		if (!/^(\/([^~]|~[01])*)?$/.test(pointer)) {
			value.fault(
				`"${pointer}" must be a JSON pointer such as /config/share (RFC 6901).`,
			);
		}
		return [[name, pointer] as const];
	});
	return Object.fromEntries(pairs);
}
