-- Whether a terminal's SOS or a gauge's alarm is open already is asked for each that comes in.

create index signal_source on signal ((body->'source'->>'scheme'), (body->'source'->>'key')) where state <> 'dismissed';
