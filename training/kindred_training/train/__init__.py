"""Multi-task fine-tuning: one encoder, six tasks, one task a batch."""
