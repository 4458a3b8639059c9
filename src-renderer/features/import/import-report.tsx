import { Anchor, CopyButton } from "@mantine/core";
import type { Job } from "../../../src-shared/contract/index.ts";
import { countWords, plural } from "../../components/charts/number-words.ts";
import { placeHash } from "../../ground/router.ts";
import styles from "./import.module.css";

/** What became of the rows: counts, the models, and every rejected row that was reported. */
export function ImportReport({ job }: { readonly job: Job }) {
	const report = job.import;
	if (report === null) return null;
	return (
		<>
			<dl className={styles.counts}>
				<Count name="accepted" value={report.accepted} />
				<Count name="already there" value={report.duplicates} />
				<Count name="rejected" value={report.rejected} />
			</dl>
			{report.modelIds.length > 0 && (
				<>
					<h3>See the drift of</h3>
					<ul className={styles.models}>
						{report.modelIds.map((modelId) => (
							<li key={modelId}>
								<Anchor fz="inherit" href={placeHash(["drift", modelId])}>
									<bdi>{modelId}</bdi>
								</Anchor>
							</li>
						))}
					</ul>
				</>
			)}
			{report.errors.length > 0 && (
				<>
					<h3>
						{report.rejected > report.errors.length
							? `The first ${report.errors.length} of ${countWords(report.rejected)} rejected rows`
							: plural(report.rejected, "rejected row")}
					</h3>
					<table className={styles.errors} aria-label="Rejected rows">
						<thead>
							<tr>
								<th scope="col">Line</th>
								<th scope="col">What is wrong</th>
								<th scope="col">Code</th>
							</tr>
						</thead>
						<tbody>
							{report.errors.map((error) => (
								<tr key={`${error.line} ${error.code} ${error.message}`}>
									<td>{countWords(error.line)}</td>
									<td>
										<bdi>{error.message}</bdi>
									</td>
									<td>
										<code>{error.code}</code>
									</td>
								</tr>
							))}
						</tbody>
					</table>
				</>
			)}
			{report.rejectedFile !== null && (
				<p className={styles.words}>
					All rejected rows, as they were, are in{" "}
					<code>{report.rejectedFile}</code>{" "}
					<CopyButton value={report.rejectedFile}>
						{({ copied, copy }) => (
							<Anchor
								component="button"
								type="button"
								fz="inherit"
								onClick={copy}
							>
								{copied ? "copied" : "copy the path"}
							</Anchor>
						)}
					</CopyButton>
					. Mend them there and import that file.
				</p>
			)}
		</>
	);
}

function Count({
	name,
	value,
}: {
	readonly name: string;
	readonly value: number;
}) {
	return (
		<div>
			<dt>{name}</dt>
			<dd>{countWords(value)}</dd>
		</div>
	);
}
