#include "textflag.h"

// func eightHalves(dst []byte, v []float32)
TEXT ·eightHalves(SB), NOSPLIT, $0-48
	MOVQ dst_base+0(FP), DI
	MOVQ v_base+24(FP), SI
	MOVQ v_len+32(FP), CX
	SHRQ $3, CX
	JZ   done

next:
	VMOVUPS    (SI), Y0
	VCVTPS2PH  $0, Y0, X0 // to nearest, ties to even
	VMOVUPS    X0, (DI)
	ADDQ       $32, SI
	ADDQ       $16, DI
	DECQ       CX
	JNZ        next
	VZEROUPPER

done:
	RET

// func cpuHasHalves() bool
TEXT ·cpuHasHalves(SB), NOSPLIT, $0-1
	MOVB $0, ret+0(FP)
	MOVL $1, AX
	XORL CX, CX
	CPUID
	ANDL $0x38000000, CX // F16C, AVX, and XGETBV
	CMPL CX, $0x38000000
	JNE  no
	XORL CX, CX
	XGETBV
	ANDL $6, AX          // the system keeps the wide registers
	CMPL AX, $6
	JNE  no
	MOVB $1, ret+0(FP)

no:
	RET
