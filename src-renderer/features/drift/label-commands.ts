export interface LabelCommand {
	readonly title: string;
	readonly text: string;
}

/** The commands that send labels for a model, ready to paste into a POSIX shell. */
export function labelCommands(
	modelId: string,
	apiUrl: string,
): readonly LabelCommand[] {
	const body = JSON.stringify({
		model_id: modelId,
		event_id: "EVENT_ID",
		label: 1,
	});
	return [
		{
			title: "Over HTTP",
			text: [
				`curl -X POST ${apiUrl}/v1/events/labels \\`,
				"  -H 'X-API-Key: YOUR_KEY' -H 'Content-Type: application/json' \\",
				`  -d ${shellQuoted(body)}`,
			].join("\n"),
		},
		{
			title: "From a file",
			text: `npm run tocsin -- import --labels labels.csv --model ${shellQuoted(modelId)}`,
		},
	];
}

/** One word for a POSIX shell: nothing between single quotes is read by it. */
export function shellQuoted(text: string): string {
	return `'${text.replaceAll("'", "'\\''")}'`;
}
