import type { ColumnMapping } from "../../../src-shared/contract/index.ts";
import { usageFailure } from "./failure.ts";

/** What `--map` can name; also written with underscores, and `time` for `eventTime`. */
export const mappingFields = [
	"model",
	"score",
	"eventTime",
	"prediction",
	"label",
	"eventId",
	"entityId",
	"modelVersion",
	"features",
] as const;
export type MappingField = (typeof mappingFields)[number];

/** The columns a person named; null says that a field has no column. */
export type MappedColumns = Partial<
	Record<Exclude<MappingField, "features">, string | null>
> & { features?: string[] };

/**
 * Reads `--map`.
 *
 * | text | means |
 * |---|---|
 * | `score=p,eventTime=ts` | two columns |
 * | `features=a,b,c` | three features |
 * | `score=my,col` | the column named `my,col` |
 * | `prediction=` | no prediction column |
 */
export function parseMapping(texts: readonly string[]): MappedColumns {
	const found = new Map<MappingField, string[]>();
	for (const text of texts) {
		let field: MappingField | null = null;
		for (const part of text.split(",")) {
			const equals = part.indexOf("=");
			const named = equals < 0 ? null : fieldOf(part.slice(0, equals));
			if (named !== null) {
				field = named;
				found.set(field, [part.slice(equals + 1)]);
			} else if (field === null) {
				throw usageFailure(
					`--map does not know "${part}". Write field=column, with a field of: ${mappingFields.join(", ")}.`,
				);
			} else {
				found.get(field)?.push(part);
			}
		}
	}
	const columns: MappedColumns = {};
	for (const [field, parts] of found) {
		if (field === "features") {
			columns.features = parts.filter((part) => part !== "");
		} else {
			columns[field] = parts.join(",") || null;
		}
	}
	return columns;
}

/** The mapping with a person's columns put over the guess. A column that has a new use is no feature any more. */
export function applyMapping(
	guess: ColumnMapping,
	columns: MappedColumns,
): ColumnMapping {
	const { features, model, score, ...others } = columns;
	const mapping: ColumnMapping = {
		...guess,
		...others,
		...(model ? { model: { column: model } } : {}),
		...(score ? { score } : {}),
	};
	const used = new Set([
		mapping.score,
		mapping.eventTime,
		mapping.prediction,
		mapping.label,
		mapping.eventId,
		mapping.entityId,
		mapping.modelVersion,
		"column" in mapping.model ? mapping.model.column : null,
	]);
	return {
		...mapping,
		features: features ?? guess.features.filter((name) => !used.has(name)),
	};
}

function fieldOf(text: string): MappingField | null {
	const plain = text.trim().replaceAll(/[_-]/g, "").toLowerCase();
	if (plain === "time") return "eventTime";
	return mappingFields.find((field) => field.toLowerCase() === plain) ?? null;
}
