import { PageHeader } from "../../components/page-header.tsx";

export function DriftPage() {
	return <PageHeader title="Drift" />;
}
