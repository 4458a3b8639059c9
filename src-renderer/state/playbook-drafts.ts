import { create } from "zustand";

/** What a person filled into a playbook on an incident, and the dry run made of it. */
export interface PlaybookDraft {
	readonly values: Readonly<
		Record<string, string | boolean | readonly string[]>
	>;
	/** What was sent for the dry run, to tell whether the form still says the same. */
	readonly sent: Readonly<Record<string, unknown>> | null;
	readonly dryRunId: string | null;
}

interface Drafts {
	readonly drafts: ReadonlyMap<string, PlaybookDraft>;
	keep(incidentId: string, playbookId: string, draft: PlaybookDraft): void;
}

const most = 50;

/** Forms as they were left, so that looking at the timeline loses nothing; the oldest make room. */
export const usePlaybookDrafts = create<Drafts>()((set) => ({
	drafts: new Map(),
	keep: (incidentId, playbookId, draft) =>
		set(({ drafts }) => {
			const next = new Map(drafts);
			const key = draftKey(incidentId, playbookId);
			next.delete(key);
			next.set(key, draft);
			for (const oldest of next.keys()) {
				if (next.size <= most) break;
				next.delete(oldest);
			}
			return { drafts: next };
		}),
}));

export function draftKey(incidentId: string, playbookId: string): string {
	return `${incidentId} ${playbookId}`;
}
