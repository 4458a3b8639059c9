import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

/** The parts of the document that an answer is checked against. */
interface Document {
	readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

interface Operation {
	readonly responses: Readonly<Record<string, Answer>>;
}

interface Answer {
	readonly headers?: Readonly<Record<string, unknown>>;
	readonly content?: Readonly<Record<string, { schema: object }>>;
}

interface Checker {
	readonly document: Document;
	/** The schema at a JSON pointer of the document, compiled once. */
	schemaAt(pointer: string): ValidateFunction;
}

const checkers = new Map<string, Promise<Checker>>();

/**
 * Fetches `path` of the main listener and holds the answer against `/openapi.json`: the
 * operation, the status, the media type, the headers and the JSON body must be there as
 * described. A path that is no operation must be refused in the format of the API whose
 * paths are nearest to it. Streams are not read. Throws an Error that says what differs.
 */
export async function checkedFetch(
	listeners: { readonly urls: { readonly api: string } },
	path: string,
	init: RequestInit = {},
): Promise<Response> {
	const base = listeners.urls.api;
	const known = checkers.get(base) ?? readDocument(base);
	checkers.set(base, known);
	const checker = await known;
	const response = await fetch(base + path, init);
	const method = (init.method ?? "GET").toLowerCase();
	const fault = await faultOf(checker, method, path, response);
	if (fault !== null) {
		throw new Error(
			`${method.toUpperCase()} ${path} -> ${response.status}: ${fault}`,
		);
	}
	return response;
}

async function readDocument(base: string): Promise<Checker> {
	const document = (await (
		await fetch(`${base}/openapi.json`)
	).json()) as Document;
	const ajv = new Ajv2020({
		strict: false,
		allErrors: true,
		validateSchema: false,
	});
	addFormats.default(ajv);
	ajv.addSchema(document, "document");
	const compiled = new Map<string, ValidateFunction>();
	return {
		document,
		schemaAt: (pointer) => {
			const validate =
				compiled.get(pointer) ??
				ajv.compile({ $ref: `document#${encodeURI(pointer)}` });
			compiled.set(pointer, validate);
			return validate;
		},
	};
}

async function faultOf(
	checker: Checker,
	method: string,
	path: string,
	response: Response,
): Promise<string | null> {
	const pathname = path.split("?", 1)[0] ?? "";
	if (response.status === 414 || !isDecodable(pathname)) {
		return unroutedFault(response);
	}
	const template = templateOf(checker.document, pathname, method);
	if (template === null) return refusalFault(checker, pathname, response);
	const operation = checker.document.paths[template]?.[method];
	const answer = operation?.responses[response.status];
	if (answer === undefined) {
		return `the status is not one of ${Object.keys(operation?.responses ?? {})}`;
	}
	const missing = Object.keys(answer.headers ?? {}).filter(
		(name) => !response.headers.has(name),
	);
	if (missing.length > 0) return `without the headers ${missing.join(", ")}`;
	const place = ["paths", template, method, "responses", response.status];
	return bodyFault(checker, place, answer, response);
}

async function bodyFault(
	checker: Checker,
	place: readonly (string | number)[],
	{ content }: Answer,
	response: Response,
): Promise<string | null> {
	if (content === undefined) {
		const length = (await response.clone().arrayBuffer()).byteLength;
		return length === 0 ? null : `${length} bytes in place of none`;
	}
	const mediaType = (response.headers.get("content-type") ?? "").split(";")[0];
	if (mediaType === undefined || content[mediaType] === undefined) {
		return `of type ${mediaType}, not ${Object.keys(content)}`;
	}
	if (!mediaType.endsWith("json")) return null;
	const validate = checker.schemaAt(
		pointerOf([...place, "content", mediaType, "schema"]),
	);
	const body: unknown = await response.clone().json();
	if (validate(body)) return null;
	const errors = validate.errors?.map(
		({ instancePath, message, params }) =>
			`${instancePath || "the body"} ${message} ${JSON.stringify(params)}`,
	);
	return `${errors?.join("; ")} in ${JSON.stringify(body)}`;
}

/** What is no operation is refused like an operation's fault of the server. */
async function refusalFault(
	checker: Checker,
	pathname: string,
	response: Response,
): Promise<string | null> {
	if (response.status < 400) {
		return "no such operation is described";
	}
	const nearest = Object.keys(checker.document.paths)
		.map((template) => ({ template, shared: sharedParts(template, pathname) }))
		.sort(
			(one, other) =>
				other.shared - one.shared ||
				one.template.split("/").length - other.template.split("/").length,
		)[0];
	if (nearest === undefined) return "no operation is near";
	const [entry] = Object.entries(
		checker.document.paths[nearest.template] ?? {},
	);
	if (entry === undefined) return "no operation is near";
	const [method, operation] = entry;
	const answer = operation.responses[500] ?? {};
	const place = ["paths", nearest.template, method, "responses", 500];
	return bodyFault(checker, place, answer, response);
}

/** A path that no API got to see is refused by the listener. */
function unroutedFault({ status, headers }: Response): string | null {
	if (status !== 400 && status !== 414) return "the path cannot be decoded";
	const type = headers.get("content-type");
	return type === "application/problem+json" ? null : `of type ${type}`;
}

function isDecodable(pathname: string): boolean {
	try {
		decodeURIComponent(pathname);
		return true;
	} catch {
		return false;
	}
}

/** How many parts of two paths are the same from the beginning on. */
function sharedParts(one: string, other: string): number {
	const [parts, others] = [one.split("/"), other.split("/")];
	let shared = 0;
	while (shared < parts.length && parts[shared] === others[shared]) shared++;
	return shared;
}

/** The described path that the router takes for one; literal parts go before parameters. */
function templateOf(
	{ paths }: Document,
	pathname: string,
	method: string,
): string | null {
	const parts = pathname.split("/");
	const fitting = Object.keys(paths)
		.filter((template) => paths[template]?.[method] !== undefined)
		.filter((template) => {
			const wanted = template.split("/");
			return (
				wanted.length === parts.length &&
				wanted.every(
					// To the router, nothing is a parameter too.
					(part, index) => part === parts[index] || isParameter(part),
				)
			);
		});
	const parameters = (template: string) =>
		template.split("/").filter(isParameter).length;
	fitting.sort((one, other) => parameters(one) - parameters(other));
	return fitting[0] ?? null;
}

function isParameter(part: string): boolean {
	return part.startsWith("{");
}

function pointerOf(parts: readonly (string | number)[]): string {
	return parts
		.map((part) => String(part).replaceAll("~", "~0").replaceAll("/", "~1"))
		.map((part) => `/${part}`)
		.join("");
}
