-- The faster ways taken to their end: whose case owes a material and with which paper it came, the signed letters of promises and of the risk of
-- a simulation, what a check found, and by which document a validity was extended. All of it is null for what was recorded before.

-- The case that was accepted with materials owed; null: it is handled elsewhere or is not opened yet.
alter table approvals_tolerances add column case_id uuid references approvals_cases;
create index approvals_tolerances_case on approvals_tolerances (case_id) where case_id is not null;
-- What the daily job asks for: not sent back yet.
create index approvals_tolerances_running on approvals_tolerances (id) where returned_day is null;

alter table approvals_tolerance_materials
  add column file_sha text references platform_files,
  -- The day before it was put off. It is put off as often as the policy says, with a reason.
  add column first_due date,
  add column extensions int not null default 0 check (extensions >= 0),
  add column extended_reason text check (length(extended_reason) between 1 and 2000),
  add column extended_name text,
  add check ((first_due is null) = (extensions = 0));
create index approvals_tolerance_materials_file on approvals_tolerance_materials (file_sha) where file_sha is not null;

alter table approvals_simulations add column risk_sha text references platform_files;
create index approvals_simulations_risk on approvals_simulations (risk_sha) where risk_sha is not null;

alter table approvals_promises
  -- The signed letter, who signed for the design unit where the policy asks for it, the firm that promised, and the paper of the check.
  add column letter_sha text references platform_files,
  add column design_unit text check (length(design_unit) between 1 and 200),
  add column builder_id uuid references people_organisations,
  add column evidence_sha text references platform_files;
create index approvals_promises_letter on approvals_promises (letter_sha) where letter_sha is not null;
create index approvals_promises_evidence on approvals_promises (evidence_sha) where evidence_sha is not null;
-- The credit record of a firm: promises that were found false. It is kept, and shown to those who examine its next promise; it is published nowhere.
create index approvals_promises_broken on approvals_promises (builder_id, checked_day) where kept = false;

-- The decision by which it was extended last.
alter table approvals_results
  add column extended_day date,
  add column extension_document text check (length(extension_document) between 1 and 200);

-- The end of a granted document is its day of decision and the months of its item, so that a range of ends is a range of days of decision.
create index approvals_cases_granted on approvals_cases (item, decided_day) include (project_id, org_id) where status in ('decided', 'delivered') and outcome <> 'refused';
