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
				{props.faults.map(({ file, line, message }) => (
					<li key={`${file}:${line} ${message}`}>
						<IconFileAlert size={15} aria-hidden="true" />
						<div>
							<code>
								{file}
								{line !== null && `:${line}`}
							</code>
							<p>{message}</p>
						</div>
					</li>
				))}
			</ul>
		</section>
	);
}
