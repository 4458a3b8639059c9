import { PageHeader } from "../../components/page-header.tsx";

export function TriagePage() {
	return <PageHeader title="Triage" />;
}
