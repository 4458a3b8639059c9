import type { Job } from "../../../src-shared/contract/index.ts";

export function jobStateWords(state: Job["state"]): string {
	switch (state) {
		case "queued":
			return "Waiting";
		case "running":
			return "Running";
		case "done":
			return "Done";
		case "failed":
			return "Failed";
		case "cancelled":
			return "Stopped";
	}
}
