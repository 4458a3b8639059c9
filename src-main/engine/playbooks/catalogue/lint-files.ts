import { basename } from "node:path";
import { connectionsFileName } from "./connections/connections.ts";
import { readConnections } from "./connections/read-connections.ts";
import { type FileFault, readPlaybookFile } from "./playbook-folder.ts";
import { readPlaybook } from "./reading/read-playbook.ts";

/** Everything that is wrong with the files, each judged alone. A `connections.yaml` is judged as one. */
export function lintFiles(paths: readonly string[]): readonly FileFault[] {
	return paths.flatMap((path): readonly FileFault[] => {
		if (basename(path) === connectionsFileName) {
			const read = readConnections(path);
			if (read === null) {
				return [{ file: path, line: null, message: "is not there." }];
			}
			return read.faults.map((fault) => ({ file: path, ...fault }));
		}
		const read = readPlaybookFile(path);
		if ("fault" in read) return [read.fault];
		const playbook = readPlaybook(read.file.text);
		return "faults" in playbook
			? playbook.faults.map((fault) => ({ file: path, ...fault }))
			: [];
	});
}
