import { faultWords } from "../../ground/faults.ts";
import type { Workspace } from "../../state/workspace.ts";

/** Has the engine read the playbooks' folders again, and takes what it found. Answers why not, or null. */
export async function reloadCatalogue({
	connection,
	lists,
}: Workspace): Promise<string | null> {
	const { playbooks } = connection.client;
	try {
		await playbooks.reload();
		lists.setState({ catalogue: await playbooks.catalogue() });
		return null;
	} catch (error) {
		return faultWords(error);
	}
}
