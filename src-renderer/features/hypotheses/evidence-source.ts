import type { HypothesisEvidence } from "../../../src-shared/contract/index.ts";
import { assertNever } from "../../../src-shared/domain/assert-never.ts";
import { placeHash } from "../../ground/router.ts";

export interface EvidenceSource {
	/** What the record is, such as `Alert`. */
	readonly word: string;
	/** Where it is shown; null for a record that has no page of its own. */
	readonly href: string | null;
}

/** Where the record of a piece of evidence is opened; `modelId` is the model of the incident that it explains. */
export function evidenceSource(
	record: HypothesisEvidence["record"],
	modelId: string | null,
): EvidenceSource {
	const { kind, id } = record;
	const ofModel = (query: Record<string, string>) =>
		modelId === null ? null : placeHash(["drift", modelId], query);
	switch (kind) {
		case "incident":
			return { word: "Incident", href: placeHash(["incident", id]) };
		case "alert":
			return { word: "Alert", href: placeHash(["alerts", id]) };
		case "action":
			return {
				word: "Playbook run",
				href: placeHash(["playbooks", "runs", id]),
			};
		case "drift":
			return { word: "Drift result", href: ofModel({ drift: id }) };
		case "model_version":
			return { word: "Model version", href: ofModel({}) };
		case "change":
			return { word: "Recorded change", href: null };
		case "feedback":
			return { word: "Verdict below", href: null };
		default:
			return assertNever(kind, "kind of record");
	}
}
