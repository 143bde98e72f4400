"""项目台账: projects by stage, their progress, and the rates a promise speaks of, computed and never typed."""
