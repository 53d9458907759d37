// What the districts can staff, against what their target areas call for.
import type { JSX } from 'preact';
import { people } from '../number';
import { Figures } from '../parts/figures';
import { Table, type Column } from '../parts/table';
import { t } from '../strings.en';
import type { DistrictStaff, StaffPlan } from '../types';

/** The people in need out of reach, and the sessions of each district. */
export function Staff({ staff }: { staff: StaffPlan }): JSX.Element {
  const sessions = (n: number | null): string => (n == null ? t.outreach.notStated : people(n));
  const names = t.outreach.staffColumns;
  const columns: Column<DistrictStaff>[] = [
    { key: 'district', head: names.district, by: (d) => d.district_name, cell: (d) => d.district_name },
    {
      key: 'staffed',
      head: names.staffed,
      numeric: true,
      by: (d) => d.staffed_sessions,
      cell: (d) => sessions(d.staffed_sessions),
    },
    {
      key: 'planned',
      head: names.planned,
      numeric: true,
      by: (d) => d.planned_sessions,
      cell: (d) => sessions(d.planned_sessions),
    },
    {
      key: 'wanted',
      head: names.wanted,
      numeric: true,
      by: (d) => d.wanted_sessions,
      cell: (d) => sessions(d.wanted_sessions),
    },
    {
      key: 'unmet',
      head: names.unmet,
      numeric: true,
      by: (d) => d.in_need_0_19.unmet,
      cell: (d) => people(d.in_need_0_19.unmet),
    },
  ];
  const { in_need_0_19: county, districts } = staff;
  return (
    <section class="no-print">
      <h2>{t.outreach.staff}</h2>
      <Figures
        figures={[
          { name: t.outreach.shared.outside, value: people(county.outside) },
          { name: t.outreach.shared.planned, value: people(county.planned) },
          { name: t.outreach.shared.unmet, value: people(county.unmet) },
          { name: t.outreach.shared.below, value: people(county.below) },
        ]}
      />
      <Table caption={t.outreach.staffCaption} columns={columns} rows={districts} id={(d) => d.district_code} />
    </section>
  );
}
