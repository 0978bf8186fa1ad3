"""Beschäftigung: ages, competences and demand per job, few persons unseen."""
