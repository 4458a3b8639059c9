import { IconFileAlert } from "@tabler/icons-react";
import type { Catalogue } from "../../state/engine-lists.ts";
import classes from "./playbooks-page.module.css";

/** The files that cannot be used: where, and what is wrong there. */
export function CatalogueFaults(props: {
	readonly faults: Catalogue["faults"];
}) {
	if (props.faults.length === 0) return null;
	return (
		<section aria-label="Files that cannot be used">
			<h3>Files that cannot be used</h3>
			<p className="dim">
				Mend them and reload; the other playbooks work meanwhile.
			</p>
			<ul className={classes.faults}>
				{faultyFiles(props.faults).map((file) => (
					<li key={file}>
						<IconFileAlert size={15} aria-hidden="true" />
						<div>
							<code>{file}</code>
							<ul className={classes.lines}>
								{props.faults
									.filter((fault) => fault.file === file)
									.map(({ line, message }) => (
										<li key={`${line} ${message}`}>
											<span className="dim tabular">
												{line === null ? "" : `Line ${line}`}
											</span>
											<span>{message}</span>
										</li>
									))}
							</ul>
						</div>
					</li>
				))}
			</ul>
		</section>
	);
}

/** Each file once, in the order it was found. */
export function faultyFiles(faults: Catalogue["faults"]): readonly string[] {
	return [...new Set(faults.map(({ file }) => file))];
}
