import type {
	CostAnalytics,
	Recommendation,
} from "../../../src-shared/contract/index.ts";

/** What the rules look at. */
export type CostFacts = Pick<
	CostAnalytics,
	"total" | "models" | "incidents" | "coverage" | "repeatedMicroDollars"
> & {
	/** Models of others that were asked without a price, and how often. */
	readonly unpriced: readonly {
		readonly model: string;
		readonly requests: number;
	}[];
};

const failingShare = 0.2;
const fewRequests = 5;
const dominatingShare = 0.5;
const fewIncidents = 3;
const enoughRequests = 10;
const dearerTimes = 5;
const enoughIncidents = 10;
const lowCoverage = 0.5;

/** What the ledger gives a reason to do, the most pressing first; none where it gives none. */
export function recommendationsFor(facts: CostFacts): Recommendation[] {
	const order = ["high", "medium", "low"];
	return [
		...unpriced(facts),
		...failing(facts),
		...repeated(facts),
		...dominating(facts),
		...dearer(facts),
		...uncovered(facts),
	].toSorted((a, b) => order.indexOf(a.priority) - order.indexOf(b.priority));
}

function unpriced({ unpriced }: CostFacts): Recommendation[] {
	return unpriced.map(({ model, requests }) => ({
		kind: "unpriced_model",
		message: `${model} has no price: ${requests} requests to it are counted as free. Set what a million tokens cost.`,
		priority: "high",
	}));
}

function failing({ total }: CostFacts): Recommendation[] {
	const { requests, failed } = total;
	if (requests < fewRequests || failed < requests * failingShare) return [];
	return [
		{
			kind: "failing_requests",
			message: `${failed} of ${requests} requests brought no answer that could be used. Their errors are in the incidents' metrics; a longer time limit or more tokens may help.`,
			priority: "high",
		},
	];
}

function repeated({ repeatedMicroDollars }: CostFacts): Recommendation[] {
	if (repeatedMicroDollars === 0) return [];
	return [
		{
			kind: "repeated_requests",
			message: `${dollars(repeatedMicroDollars)} went to asking again what had been answered already, letter for letter. Ask again once something has changed.`,
			priority: "medium",
		},
	];
}

function dominating({ incidents, total }: CostFacts): Recommendation[] {
	const [first] = incidents;
	if (
		first === undefined ||
		incidents.length < fewIncidents ||
		first.microDollars <= total.microDollars * dominatingShare
	) {
		return [];
	}
	return [
		{
			kind: "one_incident_dominates",
			message: `#${first.number} alone cost ${dollars(first.microDollars)} of ${dollars(total.microDollars)}, in ${first.requests} requests.`,
			priority: "medium",
		},
	];
}

/** The dearest model against the cheapest, where both were asked often enough to compare. */
function dearer({ models }: CostFacts): Recommendation[] {
	const each = models
		.filter(({ requests, failed }) => requests - failed >= enoughRequests)
		.map((one) => ({ ...one, mean: one.microDollars / one.requests }))
		.toSorted((a, b) => b.mean - a.mean);
	const dearest = each[0];
	const cheapest = each.at(-1);
	if (
		dearest === undefined ||
		cheapest === undefined ||
		cheapest.mean === 0 ||
		dearest.mean < cheapest.mean * dearerTimes
	) {
		return [];
	}
	return [
		{
			kind: "dearer_model",
			message: `A request to ${dearest.model} costs ${(dearest.mean / cheapest.mean).toFixed(1)} times one to ${cheapest.model}. See by the feedback on their claims whether it is worth it.`,
			priority: "low",
		},
	];
}

function uncovered({ coverage, total }: CostFacts): Recommendation[] {
	const { incidents, explained } = coverage;
	const isFew = explained < incidents * lowCoverage;
	if (total.requests === 0 || incidents < enoughIncidents || !isFew) return [];
	return [
		{
			kind: "low_coverage",
			message: `Only ${explained} of ${incidents} incidents have a hypothesis: nothing was recorded that could have caused the others. Report deployments and changes, and say which service calls which.`,
			priority: "medium",
		},
	];
}

/** For people: at most six digits after the point, two at least. */
function dollars(microDollars: number): string {
	const text = (microDollars / 1_000_000).toFixed(6).replace(/0{1,4}$/, "");
	return `$${text}`;
}
