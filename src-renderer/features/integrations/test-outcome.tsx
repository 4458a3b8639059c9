import { IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import type { ConnectionTest } from "../../../src-shared/contract/index.ts";
import classes from "./integrations.module.css";

/** How a test of a connection went. */
export function TestOutcome({ test }: { readonly test: ConnectionTest }) {
	const Icon = test.success ? IconCircleCheck : IconCircleX;
	return (
		<div className={classes.result} role="status" data-success={test.success}>
			<Icon size={16} stroke={1.75} aria-hidden="true" />
			<span>
				<bdi>{test.message}</bdi>
				{test.responseTimeMs !== null && (
					<span className="dim tabular">
						{" "}
						in {Math.round(test.responseTimeMs)} ms
					</span>
				)}
			</span>
		</div>
	);
}
