"""Sổ theo dõi: training, visits, communication, emulation, OCOP, cooperatives, production models of a unit."""
