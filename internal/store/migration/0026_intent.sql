-- +goose Up

-- The plan whose work a failure belongs to.
ALTER TABLE failure ADD COLUMN plan TEXT REFERENCES plan (id);
CREATE INDEX failure_plan ON failure (plan);

-- Which of the reasons that people supposed before came true, as a room says: one
-- bit for each, in the order of their ids. Who said so is nowhere.
ALTER TABLE review ADD COLUMN came_true BIGINT NOT NULL DEFAULT 0;
