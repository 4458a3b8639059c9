import { onTestFinished } from "vitest";
import { Statements } from "../../../src-main/engine/store/statements.ts";

/** A condition on the tenant, as Kysely and as a person writes it. */
const condition = /(?<![\w".])((?:"?\w+"?\.)?"?tenant_id"? = \+?\?)/gi;

export interface RemovedFilter {
	/** The statements that were run without their filter. */
	readonly statements: ReadonlySet<string>;
	/** Puts the filters back before the test ends. */
	restore(): void;
}

/**
 * From now on to the end of the test every statement that `picks` names runs without its
 * condition on the tenant, as if somebody had forgotten it. Parameters stay where they are.
 */
export function removeFilter(picks: (sql: string) => boolean): RemovedFilter {
	const statements = new Set<string>();
	const { prepare } = Statements.prototype;
	Statements.prototype.prepare = function (this: Statements, sql: string) {
		condition.lastIndex = 0;
		if (!condition.test(sql) || !picks(sql)) return prepare.call(this, sql);
		statements.add(sql);
		return prepare.call(this, sql.replaceAll(condition, "($1 or 1 = 1)"));
	};
	const restore = () => {
		Statements.prototype.prepare = prepare;
	};
	onTestFinished(restore);
	return { statements, restore };
}
