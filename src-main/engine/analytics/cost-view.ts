import type { CostAnalytics } from "../../../src-shared/contract/index.ts";
import { recommendationsFor } from "./recommendations.ts";
import { added, type LedgerCell } from "./usage-ledger.ts";
import { dayName, type ZonedRange } from "./zone-spans.ts";

const incidentsShown = 10;

/** The cells of a range, added up by day, model, request type and incident. */
export function costAnalytics(
	{ from, to, timeZone, days }: ZonedRange,
	cells: readonly LedgerCell[],
	facts: {
		readonly coverage: CostAnalytics["coverage"];
		readonly repeatedMicroDollars: number;
		readonly incident: (id: string) => { number: number; title: string };
	},
): CostAnalytics {
	const total = added(cells);
	const perDay = Map.groupBy(cells, ({ day }) => dayName(day));
	const models = grouped(
		cells,
		({ provider, model, isLocal }) => `${isLocal} ${provider} ${model}`,
	).map(({ first, usage }) => ({
		provider: first.provider,
		model: first.model,
		isLocal: first.isLocal === 1,
		...usage,
	}));
	const incidents = grouped(cells, ({ incidentId }) => incidentId)
		.slice(0, incidentsShown)
		.map(({ first, usage }) => ({
			incidentId: first.incidentId,
			...facts.incident(first.incidentId),
			...usage,
		}));
	const { coverage, repeatedMicroDollars } = facts;
	return {
		from,
		to,
		timeZone,
		total,
		days: days.map((day) => {
			const here = perDay.get(day) ?? [];
			return {
				day,
				...added(here),
				models: grouped(here, ({ model }) => model).map(({ first, usage }) => ({
					model: first.model,
					...usage,
				})),
			};
		}),
		models,
		requestTypes: grouped(cells, ({ requestType }) => requestType).map(
			({ first, usage }) => ({ requestType: first.requestType, ...usage }),
		),
		incidents,
		coverage,
		repeatedMicroDollars,
		recommendations: recommendationsFor({
			total,
			models,
			incidents,
			coverage,
			repeatedMicroDollars,
			unpriced: grouped(
				cells.filter(({ unpriced }) => unpriced > 0),
				({ model }) => model,
			).map(({ first, all }) => ({
				model: first.model,
				requests: all.reduce((sum, { unpriced }) => sum + unpriced, 0),
			})),
		}),
	};
}

/** Groups with their sums, the dearest first, then by what is most used, then by name. */
function grouped(
	cells: readonly LedgerCell[],
	name: (cell: LedgerCell) => string,
) {
	return [...Map.groupBy(cells, name)]
		.map(([key, all]) => ({
			key,
			all,
			first: all[0] as LedgerCell,
			usage: added(all),
		}))
		.toSorted(
			(a, b) =>
				b.usage.microDollars - a.usage.microDollars ||
				b.usage.requests - a.usage.requests ||
				(a.key < b.key ? -1 : 1),
		);
}
