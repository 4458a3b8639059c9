import { existsSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../../shared/data");

/**
 * A classifier's predictions on the California housing census, hourly, from the datasets
 * of NannyML (Apache-2.0). They lie beside the project where they lie at all.
 */
export const california = {
	reference: join(folder, "california_housing_reference.csv"),
	analysis: join(folder, "california_housing_analysis.csv"),
	labels: join(folder, "california_housing_analysis_gt.csv"),
};

/** Why the tests on this data cannot run; null when they can. */
export const whyNotRun = Object.values(california).every((path) =>
	existsSync(path),
)
	? null
	: "not run: ../shared/data is absent";

export const features = [
	"MedInc",
	"HouseAge",
	"AveRooms",
	"AveBedrms",
	"Population",
	"AveOccup",
	"Latitude",
	"Longitude",
];

/**
 * Population stability of every column, the analysis file against the reference file at
 * ten quantile bins, as a separate program of a few lines (Python, no libraries) finds it.
 */
export const psiOfAnalysis = {
	score: 0.3753740598,
	MedInc: 0.0378602953,
	HouseAge: 0.081211997,
	AveRooms: 0.0270766554,
	AveBedrms: 0.0025124958,
	Population: 0.0043557013,
	AveOccup: 0.0557722558,
	Latitude: 3.7541688433,
	Longitude: 5.151332134,
};

/** Largest distance of the two distributions, found in the same way. */
export const ksOfAnalysis = {
	score: 0.2478249089,
	MedInc: 0.0687465756,
	HouseAge: 0.0867536903,
	AveRooms: 0.0653047227,
	AveBedrms: 0.0139508772,
	Population: 0.0211190296,
	AveOccup: 0.0837922471,
	Latitude: 0.5070241795,
	Longitude: 0.5122936888,
};
