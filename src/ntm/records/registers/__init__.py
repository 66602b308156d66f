"""Sổ theo dõi: OCOP products, cooperatives, production projects and models, training, emulation; one file a register."""
