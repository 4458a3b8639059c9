import { Command } from "commander";
import type {
	DriftEvidence,
	DriftResult,
} from "../../../src-shared/contract/index.ts";
import { driftJson, evidenceJson } from "../../http/sentryml/index.ts";
import { type EngineSession, withEngine } from "./engine-session.ts";
import { usageFailure } from "./failure.ts";
import { followJob } from "./follow-job.ts";
import {
	type CommonOptions,
	duration,
	pointInTime,
	withCommonOptions,
} from "./options.ts";
import {
	printJson,
	printLine,
	shortNumber,
	shortTime,
	table,
} from "./output.ts";

interface AssessOptions extends CommonOptions {
	readonly asOf?: number;
	readonly from?: number;
	readonly to?: number;
	readonly every?: number;
}

/** The most results that one answer of the engine holds. */
const pageSize = 1_000;

export function assessCommand(): Command {
	const command = new Command("assess")
		.description("look for drift in a model, now or over its history")
		.argument("<model>", "the model's name")
		.option("--as-of <time>", "as it stood at that moment", pointInTime)
		.option("--from <time>", "assess a stretch of history, from", pointInTime)
		.option("--to <time>", "... up to", pointInTime)
		.option("--every <duration>", "... every 6h, 1d or 1w", duration);
	return withCommonOptions(command).action(assess);
}

async function assess(model: string, options: AssessOptions): Promise<void> {
	const { asOf, from, to, every } = options;
	const isHistory = [from, to, every].some((flag) => flag !== undefined);
	if (isHistory && asOf !== undefined) {
		throw usageFailure(
			"--as-of is one moment; leave out --from, --to, --every.",
		);
	}
	if (from !== undefined && to !== undefined && from > to) {
		throw usageFailure("--from must not be after --to.");
	}
	await withEngine(options, async (session) => {
		if (isHistory) {
			const results = await assessHistory(session, model, options);
			if (options.json) {
				const { tenant } = await session.client.system.session();
				printJson({
					model_id: model,
					results: results.map((result) => driftJson(result, tenant.id)),
				});
			} else printHistory(results);
			return;
		}
		const evidence = await session.client.drift.assess({
			modelId: model,
			...(asOf === undefined ? {} : { asOf }),
		});
		if (options.json) {
			const { tenant } = await session.client.system.session();
			printJson(evidenceJson(evidence, tenant.id));
		} else printEvidence(evidence);
	});
}

async function assessHistory(
	session: EngineSession,
	modelId: string,
	{ from, to, every }: AssessOptions,
): Promise<DriftResult[]> {
	const range = {
		...(from === undefined ? {} : { from }),
		...(to === undefined ? {} : { to }),
	};
	const { jobId } = await session.client.drift.assessHistory({
		modelId,
		...range,
		...(every === undefined ? {} : { every }),
	});
	await followJob(session, jobId);
	return await session.client.drift.history({
		modelId,
		...range,
		limit: pageSize,
	});
}

function printHistory(results: readonly DriftResult[]): void {
	if (results.length === 0) {
		printLine("There is nothing to assess in that stretch of time.");
		return;
	}
	printLine(
		table(
			["as of (UTC)", "status", "PSI", "baseline n", "current n", "incident"],
			results.map((result) => [
				shortTime(result.asOf),
				result.status,
				shortNumber(result.psi),
				String(result.baselineN),
				String(result.currentN),
				result.incidentId ?? "",
			]),
		),
	);
}

function printEvidence(evidence: DriftEvidence): void {
	const { baseline, current } = evidence;
	printLine(
		`${evidence.modelId}: ${evidence.status}, PSI ${shortNumber(evidence.psi)}`,
	);
	printLine(
		`baseline ${shortTime(baseline.start)} to ${shortTime(baseline.end)} (${evidence.baselineN}), current ${shortTime(current.start)} to ${shortTime(current.end)} (${evidence.currentN}), UTC`,
	);
	for (const sentence of evidence.narrative) printLine(`  ${sentence}`);
	if (evidence.columns.length === 0) return;
	printLine();
	printLine(
		table(
			["column", "verdict", "PSI", "KS", "p (BH)", "Wasserstein", "JS"],
			evidence.columns.map((column) => [
				column.column,
				column.verdict,
				shortNumber(column.psi.value),
				shortNumber(column.ks?.statistic ?? null),
				shortNumber(column.adjustedPValue),
				shortNumber(column.wasserstein?.normalized ?? null),
				shortNumber(column.jensenShannon),
			]),
		),
	);
}
