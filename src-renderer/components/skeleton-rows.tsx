import classes from "./skeleton-rows.module.css";

const widths = [62, 48, 71, 55, 66, 43, 58, 69, 51, 64, 46, 60];

/** Rows of the final height, while the first page is on its way. */
export function SkeletonRows() {
	return (
		<div className={classes.rows} role="status" aria-label="Loading">
			{widths.map((width) => (
				<div key={width} className={classes.row} aria-hidden="true">
					<span style={{ width: 72 }} />
					<span style={{ width: 40 }} />
					<span style={{ width: `${width / 2}%` }} />
				</div>
			))}
		</div>
	);
}
