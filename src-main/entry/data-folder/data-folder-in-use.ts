/** Another engine works on the data folder. */
export class DataFolderInUse extends Error {
	readonly code = "DATA_FOLDER_IN_USE";
	/** Null when the holder has not said who it is. */
	readonly pid: number | null;
	constructor(dataDirectory: string, pid: number | null) {
		const who = pid === null ? "another process" : `process ${pid}`;
		super(
			`The data folder ${dataDirectory} is in use by ${who}. Stop it first, or choose another folder with --data-dir.`,
		);
		this.name = "DataFolderInUse";
		this.pid = pid;
	}
}
