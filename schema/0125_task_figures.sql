-- Room: office/task. What the figures of a period look for: the shares by the day promised
-- and by the holder's own, and what stands without a day.
CREATE INDEX task_share_outer ON task_share (agency, outer_on) WHERE role <> 'info';
CREATE INDEX task_share_due ON task_share (agency, due_on) WHERE role <> 'info';
CREATE INDEX task_due_missed ON task_due (agency, missed) WHERE missed <> '';
DROP INDEX task_urging_day;
CREATE INDEX task_urging_day ON task_urging (agency, day);
