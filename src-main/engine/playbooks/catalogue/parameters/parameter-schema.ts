import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { ParameterFault, Parameters } from "../../definition.ts";
import { isList } from "../expressions/cel-values.ts";
import type { Field } from "../file/field.ts";
import { BoundedPattern } from "./bounded-pattern.ts";
import { parameterFaults } from "./parameter-faults.ts";
import {
	advancedKeyword,
	bounded,
	brokenRules,
	freeTextKeyword,
	membersOf,
	type SchemaObject,
} from "./schema-rules.ts";
import { plainValue } from "./value-limits.ts";

const nothing: SchemaObject = { type: "object", properties: {} };

/** The parameters of a playbook: their schema, and whether given values keep it. */
export class ParameterSchema {
	/** As written, with every text and list bounded. */
	readonly schema: SchemaObject;
	readonly names: readonly string[];
	readonly required: readonly string[];
	/** Names of the parameters that are `writeOnly`. */
	readonly secrets: readonly string[];
	readonly #validate: ValidateFunction;

	private constructor(schema: SchemaObject, validate: ValidateFunction) {
		const properties = Object.entries(membersOf(schema.properties));
		this.schema = schema;
		this.names = properties.map(([name]) => name);
		this.required = listOfTexts(schema.required);
		this.secrets = properties
			.filter(([, property]) => membersOf(property).writeOnly === true)
			.map(([name]) => name);
		this.#validate = validate;
	}

	/** Reads a schema; notes what is wrong with it and answers undefined. Absent: no parameters. */
	static read(field: Field | undefined): ParameterSchema | undefined {
		const written = field === undefined ? nothing : field.json();
		if (written === undefined) return undefined;
		if (typeof written !== "object" || written === null || isList(written)) {
			return field?.fault("must be a JSON Schema of an object.");
		}
		const schema = written as SchemaObject;
		const broken = brokenRules(schema);
		for (const { path, message } of broken) field?.at(path).fault(message);
		if (broken.length > 0) return undefined;
		const complete = bounded(schema);
		const ajv = validator();
		if (ajv.validateSchema(complete) !== true) {
			const byPlace = Map.groupBy(
				ajv.errors ?? [],
				({ instancePath }) => instancePath,
			);
			for (const [instancePath, [first]] of byPlace) {
				const { message, params } = first ?? {};
				const allowed = membersOf(params).allowedValues;
				const words =
					allowed === undefined ? "" : `: ${JSON.stringify(allowed)}`;
				field
					?.at(pathOf(instancePath))
					.fault(`${message ?? "is wrong"}${words}.`);
			}
			return undefined;
		}
		try {
			const read = new ParameterSchema(complete, ajv.compile(complete));
			// It would be kept for ever, and a catalogue is read again and again.
			ajv.removeSchema(complete);
			return read.#hasGoodDefaults(field) ? read : undefined;
		} catch (error) {
			return field?.fault(compileFault(error));
		}
	}

	/**
	 * The values with defaults, and everything that is wrong with them; null when they are no
	 * plain values at all. Changes nothing that it was given.
	 */
	check(input: unknown): {
		readonly params: Parameters | null;
		readonly faults: readonly ParameterFault[];
	} {
		const plain = plainValue(input ?? {});
		if ("faults" in plain) return { params: null, faults: plain.faults };
		const { value } = plain;
		const isGood = this.#validate(value);
		const isMap = typeof value === "object" && value !== null && !isList(value);
		return {
			params: isMap ? (value as Parameters) : null,
			faults: isGood
				? []
				: parameterFaults(this.#validate.errors ?? [], this.names),
		};
	}

	#hasGoodDefaults(field: Field | undefined): boolean {
		let isGood = true;
		const properties = membersOf(this.schema.properties);
		for (const [name, property] of Object.entries(properties)) {
			const { default: value } = membersOf(property);
			if (value === undefined) continue;
			this.#validate({ [name]: structuredClone(value) });
			const isBroken = this.#validate.errors?.some(
				({ instancePath }) =>
					instancePath === `/${name}` || instancePath.startsWith(`/${name}/`),
			);
			if (isBroken !== true) continue;
			isGood = false;
			field
				?.at(["properties", name, "default"])
				.fault("the default breaks the parameter's own schema.");
		}
		return isGood;
	}
}

let shared: Ajv2020 | null = null;

/** One for all: making it compiles the schema of schemas, which takes longer than a playbook's own. */
function validator(): Ajv2020 {
	if (shared !== null) return shared;
	const engine = Object.assign(
		(pattern: string, flags: string) => new BoundedPattern(pattern, flags),
		{ code: "new BoundedPattern" },
	);
	const ajv = new Ajv2020({
		allErrors: true,
		useDefaults: true,
		strict: true,
		strictRequired: false,
		strictTuples: false,
		allowUnionTypes: true,
		ownProperties: true,
		logger: false,
		code: { regExp: engine },
	});
	addFormats(ajv);
	ajv.addVocabulary([advancedKeyword, freeTextKeyword]);
	shared = ajv;
	return ajv;
}

function compileFault(error: unknown): string {
	const message = error instanceof Error ? error.message : String(error);
	return `${message.replace(/^strict mode: /, "")}.`;
}

function pathOf(pointer: string): string[] {
	return pointer
		.split("/")
		.slice(1)
		.map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function listOfTexts(value: unknown): string[] {
	return Array.isArray(value)
		? value.filter((item): item is string => typeof item === "string")
		: [];
}
